import { useI18n } from 'vue-i18n'
import type { BotView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { useBoard } from './store.ts'

/** Somebody who has done something: a person who sees the board, or the bot of a flow. */
interface Author extends BotView {
  readonly isBot: boolean
}

/** Who has done what is told of on a board; those who are there no more have no name. */
export function useAuthors() {
  const { t } = useI18n()
  const board = useBoard()

  function authorOf(id: Id): Author | undefined {
    const bot = board.bots.get(id)
    const author = board.members.get(id) ?? bot
    return author && { ...author, isBot: bot !== undefined }
  }

  const nameOf = (id: Id): string => authorOf(id)?.name ?? t('panel.someone')

  return { authorOf, nameOf }
}
