import { editor, KeyCode, KeyMod, Range } from 'monaco-editor/editor'
import './features.ts'
import { CODE_CHARS_MAX } from '#core/flows/limits.ts'
import type { FromEditor } from '../src/automation/code/from-editor.ts'
import type { ToEditor } from '../src/automation/code/to-editor.ts'
import { markFault } from './mark-fault.ts'
import { OPTIONS, OPTIONS_OF_TEXT } from './options.ts'
import { smallestEdit } from './smallest-edit.ts'

const CHECK_AFTER_MS = 300
/** Nothing else is open that takes the key for itself. */
const ALONE = '!suggestWidgetVisible && !findWidgetVisible && !editorHasMultipleSelections'

type Say = (said: FromEditor) => void

/** The editor in a place of the page. It holds the code; the page around it keeps its history. */
export function codeField(place: HTMLElement, say: Say) {
  const model = editor.createModel('', 'javascript')
  model.setEOL(editor.EndOfLineSequence.LF)
  const field = editor.create(place, { model, ...OPTIONS })
  model.updateOptions(OPTIONS_OF_TEXT)
  let shown = ''
  let count = 0
  let isTold = false
  let checking: ReturnType<typeof setTimeout> | undefined

  const rangeOf = (from: number, to: number) =>
    Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to))

  function show(text: string): void {
    const { from, to, put } = smallestEdit(model.getValue(), text)
    isTold = true
    // The carets stay with the words they stand in.
    model.applyEdits([{ range: rangeOf(from, to), text: put }])
    isTold = false
    shown = text
  }

  const check = () => say({ kind: 'fault', fault: markFault(model) })
  model.onDidChangeContent(() => {
    clearTimeout(checking)
    checking = setTimeout(check, CHECK_AFTER_MS)
    if (isTold) return
    const text = model.getValue()
    if (text.length > CODE_CHARS_MAX) {
      // Once this change is over.
      queueMicrotask(() => show(shown))
      return say({ kind: 'full' })
    }
    shown = text
    count += 1
    say({ kind: 'written', text, count })
  })
  field.onDidContentSizeChange(({ contentHeight: px }) => say({ kind: 'height', px }))
  field.onDidFocusEditorWidget(() => say({ kind: 'focus', isIn: true }))
  field.onDidBlurEditorWidget(() => say({ kind: 'focus', isIn: false }))
  // Whoever comes to the frame comes to the code, unless they left something else of it open.
  addEventListener('focus', () => document.activeElement === document.body && field.focus())

  const key = (name: 'undo' | 'redo' | 'leave') => () => say({ kind: 'key', key: name })
  field.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, key('undo'))
  field.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, key('redo'))
  field.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, key('redo'))
  field.addCommand(KeyCode.Escape, key('leave'), ALONE)

  return {
    show({ text, seen }: Extract<ToEditor, { kind: 'show' }>) {
      // What was written while this was on its way is newer, and will be heard.
      if (seen === count) show(text)
      say({ kind: 'height', px: field.getContentHeight() })
    },
    focus({ from, to }: Extract<ToEditor, { kind: 'focus' }>) {
      field.focus()
      field.setSelection(rangeOf(from, to))
    },
    set: (label: string, isReadOnly: boolean) =>
      field.updateOptions({ ariaLabel: label, readOnly: isReadOnly, domReadOnly: isReadOnly }),
  }
}
