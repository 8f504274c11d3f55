import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import type { SearchAttributePair } from '@temporalio/common'
import type { Command } from '#core/contracts/command.ts'

const workspaceId = defineSearchAttributeKey('WorkspaceId', SearchAttributeType.KEYWORD)
const actionType = defineSearchAttributeKey('ActionType', SearchAttributeType.KEYWORD)
const boardIds = defineSearchAttributeKey('BoardIds', SearchAttributeType.KEYWORD_LIST)
const actorIds = defineSearchAttributeKey('ActorIds', SearchAttributeType.KEYWORD_LIST)
const cardIds = defineSearchAttributeKey('CardIds', SearchAttributeType.KEYWORD_LIST)

/** A value over 2,048 bytes is refused by the server, and an id takes 36 and its quotes. */
const IDS_MAX = 40
/** A memo over 2 KB is refused by the server; the audit has those of all commands. */
const REQUEST_IDS_MAX = 12
/** What ActionType says of a batch that holds more than one kind of action. */
const SEVERAL = 'several'

/** What operators find a batch by. */
export function batchAttributes(commands: readonly Command[]): SearchAttributePair[] {
  const types = new Set(commands.map((command) => command.type))
  const [type] = types
  return [
    { key: workspaceId, value: commands[0]!.workspaceId },
    { key: actionType, value: types.size === 1 ? type! : SEVERAL },
    { key: boardIds, value: some(commands.flatMap((command) => command.boardIds)) },
    { key: actorIds, value: some(commands.map((command) => command.actorId)) },
    { key: cardIds, value: some(commands.flatMap((command) => command.cardIds)) },
  ]
}

/**
 * What the search attributes have no room for: the first requests that asked for the batch, as
 * the log names them, and how many more ids of each kind there are.
 */
export function batchMemo(commands: readonly Command[]): Record<string, unknown> {
  const over = (ids: readonly string[]) => Math.max(0, new Set(ids).size - IDS_MAX)
  const idsLeftOut = {
    boardIds: over(commands.flatMap((command) => command.boardIds)),
    actorIds: over(commands.map((command) => command.actorId)),
    cardIds: over(commands.flatMap((command) => command.cardIds)),
  }
  const requestIds = commands.slice(0, REQUEST_IDS_MAX).map((command) => command.requestId)
  const isMore = Object.values(idsLeftOut).some((count) => count > 0)
  return { requestIds, ...(isMore && { idsLeftOut }) }
}

const some = (ids: readonly string[]) => [...new Set(ids)].slice(0, IDS_MAX)
