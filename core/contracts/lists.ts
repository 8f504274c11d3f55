import { z } from 'zod'
import { Id } from './fields.ts'
import { PageAsked } from './page.ts'
import { CardFace, ColumnView, Instant } from './views.ts'
import {
  BOARDS_PER_PROJECT_MAX,
  CARDS_PER_BOARD_MAX,
  COLUMNS_PER_BOARD_MAX,
  SEARCH_CHARS_MAX,
} from '#core/kernel/limits.ts'

const yes = z.literal('true').optional()

/** What is at work, or with `archived=true` what was put away. */
export const ArchivableAsked = PageAsked.extend({ archived: yes })

/** Only what is unread, and news of flows too, which are of no card. */
export const InboxAsked = PageAsked.extend({ unread: yes, flows: yes })

/** Words to find in one of the reader's workspaces, or in all of them. */
export const SearchAsked = PageAsked.extend({
  q: z
    .string()
    .trim()
    .min(1)
    .max(SEARCH_CHARS_MAX)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), {
      error: 'holds a character that cannot be looked for',
    }),
  workspaceId: Id.optional(),
})

export const ArchivedCard = z.strictObject({ card: CardFace, archivedAt: Instant })
export const DeletedCard = z.strictObject({ card: CardFace, deletedAt: Instant })
export const ArchivedColumn = z.strictObject({ column: ColumnView, archivedAt: Instant })
export const OwnCards = z.strictObject({ items: z.array(Id).max(CARDS_PER_BOARD_MAX) })

export const ProjectColumns = z.strictObject({
  items: z
    .array(z.strictObject({ id: Id, boardId: Id, name: z.string() }))
    .max(BOARDS_PER_PROJECT_MAX * COLUMNS_PER_BOARD_MAX),
})
