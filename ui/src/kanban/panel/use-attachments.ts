import { computed, reactive, shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FileView } from '#core/contracts/files.ts'
import type { AttachmentView } from '#core/contracts/views.ts'
import { newId, type Id } from '#core/kernel/ids.ts'
import { FILE_BYTES_MAX } from '#core/kernel/limits.ts'
import { ApiError, asApiError } from '../../shell/api-error.ts'
import { errorText } from '../../shell/error-text.ts'
import { openSaves } from '../../shell/saves.ts'
import { upload } from '../../shell/upload.ts'
import { useOpenCard } from './card-details.ts'

/** A file on its way, or one that was not taken. */
export interface Upload {
  readonly id: Id
  readonly cardId: Id
  readonly name: string
  /** From 0 to 1. */
  share: number
  /** Why it was not taken. */
  refusal?: string
  readonly cancel: () => void
}

/** What became of a file: it is attached, or was not taken; neither when that was given up or told already. */
export interface Added {
  readonly file?: FileView
  readonly refusal?: string
}

/** They go on when the panel is closed, and are there when it is opened again. */
const all = shallowReactive<Upload[]>([])

function forget(upload: Upload): void {
  const at = all.findIndex(({ id }) => id === upload.id)
  if (at >= 0) all.splice(at, 1)
}

/** The open card's attachments, the files on their way to it, and what can be done with them. */
export function useAttachments() {
  const { t } = useI18n()
  const { cardId, details, run, load } = useOpenCard()
  const attachments = computed(() => details.value?.attachments ?? [])
  const uploads = computed(() => all.filter((upload) => upload.cardId === cardId))

  /** One after the other, so that the first is there soon. */
  async function add(files: readonly File[]): Promise<Added[]> {
    const sendings = files.map((file) => begin(file))
    const added: Added[] = []
    for (const send of sendings) added.push(await send())
    return added
  }

  function begin(file: File): () => Promise<Added> {
    const stop = new AbortController()
    const sending: Upload = reactive({
      id: newId(),
      cardId,
      name: file.name,
      share: 0,
      cancel: () => {
        stop.abort()
        forget(sending)
      },
    })
    all.push(sending)
    return async () => {
      openSaves.value += 1
      try {
        const kept = await send(file, sending, stop.signal)
        const isThere = await attach(kept)
        forget(sending)
        return isThere ? { file: kept } : {}
      } catch (thrown) {
        if (stop.signal.aborted) return {}
        sending.refusal = errorText(asApiError(thrown))
        return { refusal: sending.refusal }
      } finally {
        openSaves.value -= 1
      }
    }
  }

  async function send(file: File, sending: Upload, signal: AbortSignal): Promise<FileView> {
    // The server would say so too, but only after it was sent half of it.
    if (file.size > FILE_BYTES_MAX) throw new ApiError('file.too_large', 'The file is too large.')
    const path = `/cards/${cardId}/files?name=${encodeURIComponent(file.name)}`
    const told = (share: number) => void (sending.share = share)
    return await upload<FileView>(path, file, told, signal)
  }

  /** Shown only once it is done: its content cannot be had before. */
  async function attach({ id: fileId, name }: FileView): Promise<boolean> {
    const intent = { type: 'attachment.add', targetId: cardId, body: { fileId } } as const
    const sent = await run(intent, { said: t('said.fileAttached', { what: name }) })
    await load()
    return sent?.kind === 'done'
  }

  function remove({ id, name }: AttachmentView): void {
    const options = { said: t('panel.fileRemoved', { name }), toast: true }
    void run({ type: 'attachment.remove', targetId: id, body: {} }, options)
  }

  return { attachments, uploads, add, remove }
}
