import type { Editor } from '@tiptap/core'
import { useI18n } from 'vue-i18n'
import { announce } from '../../shell/announce.ts'
import { toast } from '../../shell/toasts.ts'
import { useAttachments } from '../panel/use-attachments.ts'
import { placeAt, positionOf } from './anchors.ts'

/** Attaches pictures to the card and shows them in its text, where they were put. */
export function usePictures() {
  const { t } = useI18n()
  const { add } = useAttachments()

  /** Takes the pictures among what was pasted or dropped; false leaves all of it to others. */
  function take(editor: Editor, data: DataTransfer | null, at: number): boolean {
    const files = [...(data?.files ?? [])]
    // A table, say, is copied as text and as a picture of it.
    const isText = data?.types.includes('text/plain') === true
    if (isText || files.length === 0 || !files.every(isPicture)) return false
    void put(editor, files, at)
    return true
  }

  async function put(editor: Editor, files: readonly File[], at: number): Promise<void> {
    // Others go on writing while it is sent.
    const place = placeAt(editor.state, at)
    for (const { file, refusal } of await add(files)) {
      if (refusal !== undefined) sayRefused(refusal)
      if (!file || editor.isDestroyed) continue
      const now = positionOf(editor.state, place)
      const picture = { type: 'image', attrs: { fileId: file.id, name: file.name } }
      editor.commands.insertContentAt(now ?? editor.state.doc.content.size, picture)
    }
  }

  function sayRefused(why: string): void {
    announce(why)
    toast(t('text.pictureRefused'), { description: why }, true)
  }

  return { take, put }
}

const isPicture = ({ type }: File) => type.startsWith('image/')
