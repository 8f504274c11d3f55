import { z } from 'zod'
import { shownFileName } from '#core/kernel/file-name.ts'
import { Id } from './fields.ts'

/** So long may a name be that is sent; what is shown of it is shorter. */
const SENT_NAME_CHARS_MAX = 1_000

/** What `POST /cards/:cardId/files` says of the bytes in its body. */
export const FileAsked = z.strictObject({
  /** As it is called where it comes from; what of it is unsafe to show is left out. */
  name: z
    .string()
    .max(SENT_NAME_CHARS_MAX)
    .transform(shownFileName)
    .refine((name) => name !== '', { error: 'has nothing that could be shown' }),
})

/** A file that was found harmless; `attachment.add` puts it on a card. */
export const FileView = z.strictObject({
  id: Id,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  isScanned: z.boolean(),
})
export type FileView = z.infer<typeof FileView>
