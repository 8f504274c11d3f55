import type {
  BotView,
  BoardView,
  CardFace,
  ColumnView,
  LabelView,
  MemberView,
} from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'

/** The board as the server last told it: one GET, and the events since. */
export interface ServerState {
  board: BoardView['board']
  columns: ColumnView[]
  labels: Map<Id, LabelView>
  members: Map<Id, MemberView>
  bots: Map<Id, BotView>
  cards: Map<Id, CardFace>
  epoch: Id
  offset: number
}

export function serverState(view: BoardView): ServerState {
  return {
    board: view.board,
    columns: view.columns,
    labels: new Map(view.labels.map((label) => [label.id, label])),
    members: new Map(view.members.map((member) => [member.id, member])),
    // What a browser has kept from before there were bots has none.
    bots: new Map((view.bots ?? []).map((bot) => [bot.id, bot])),
    cards: new Map(view.cards.map((card) => [card.id, card])),
    epoch: view.epoch,
    offset: view.offset,
  }
}

/** The other way round: what a fresh read would have answered when the state was this. */
export function viewOf(state: ServerState): BoardView {
  const { labels, members, bots, cards, ...rest } = state
  return {
    ...rest,
    labels: [...labels.values()],
    members: [...members.values()],
    bots: [...bots.values()],
    cards: [...cards.values()],
  }
}
