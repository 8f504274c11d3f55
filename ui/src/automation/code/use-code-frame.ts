import { useEventListener, useTimeoutFn } from '@vueuse/core'
import { onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import { theme } from '../../shell/theme.ts'
import { FromEditor, type CodeFault } from './from-editor.ts'
import { OPEN, READY, type ToEditor } from './to-editor.ts'

/** The editor is fetched once and kept; who has not got it by then writes in a plain field. */
const OPEN_LIMIT_MS = 10_000

interface Shown {
  readonly text: string
  readonly label: string
  readonly isReadOnly: boolean
  /** What the code is given, as it is drawn. */
  readonly input: unknown
}

interface Does {
  readonly write: (text: string) => void
  readonly press: (key: 'undo' | 'redo' | 'leave') => void
}

/**
 * The page's side of the editor of code, which runs in a frame of no origin: what is to be shown goes
 * out, what is written comes in. Of the frame nothing is believed but messages of the agreed form, on
 * a channel that only it was given.
 */
export function useCodeFrame(
  frame: Readonly<Ref<HTMLIFrameElement | null>>,
  shown: () => Shown,
  { write, press }: Does,
) {
  const state = ref<'opening' | 'open' | 'away'>('opening')
  const heightPx = ref(0)
  const isFocused = ref(false)
  const fault = shallowRef<CodeFault | null>(null)
  const isFull = ref(false)
  let port: MessagePort | undefined
  /** The text both sides know, and how many changes of the editor are in it. */
  let known: string | undefined
  let seen = 0

  const tell = (told: ToEditor) => port?.postMessage(told)
  const { stop } = useTimeoutFn(() => (state.value = 'away'), OPEN_LIMIT_MS)

  function open(to: Window): void {
    const channel = new MessageChannel()
    port?.close()
    port = channel.port1
    port.onmessage = ({ data }) => hear(FromEditor.safeParse(data).data)
    seen = 0
    // It has no origin that could be named; only what is in our frame is given the port.
    to.postMessage(OPEN, '*', [channel.port2])
    look()
    tellInput()
    show(shown().text)
  }

  function hear(said: FromEditor | undefined): void {
    if (!said || state.value === 'away') return
    switch (said.kind) {
      case 'height':
        stop()
        state.value = 'open'
        heightPx.value = said.px
        return
      case 'focus':
        return void (isFocused.value = said.isIn)
      case 'written':
        isFull.value = false
        seen = said.count
        known = said.text
        return write(said.text)
      case 'full':
        return void (isFull.value = true)
      case 'fault':
        return void (fault.value = said.fault)
      case 'key':
        return press(said.key)
    }
  }

  function show(text: string): void {
    known = text
    tell({ kind: 'show', text, seen })
  }

  function look(): void {
    const { label, isReadOnly } = shown()
    tell({ kind: 'look', label, theme: theme.value, isReadOnly })
  }

  const tellInput = () => tell({ kind: 'input', input: shown().input })

  useEventListener(window, 'message', ({ source, origin, data }) => {
    const { contentWindow } = frame.value ?? {}
    if (contentWindow && source === contentWindow && origin === 'null' && data === READY) {
      open(contentWindow)
    }
  })
  watch(
    () => shown().text,
    (text) => text !== known && show(text),
  )
  watch([theme, () => shown().label, () => shown().isReadOnly], look)
  watch(() => shown().input, tellInput)
  onUnmounted(() => port?.close())

  return {
    state,
    heightPx,
    isFocused,
    fault,
    isFull,
    /** Puts the keyboard there, with what is chosen of the text. */
    focus(from: number, to: number) {
      frame.value?.focus()
      tell({ kind: 'focus', from, to })
    },
  }
}
