import { signToken } from '#core/platform/access-token.ts'
import { aViewer, type TestViewer } from '#tests/support/viewer.ts'
import type { Installation } from './installation.ts'
import type { Team } from './load.ts'

/** Looks at a team's board from its first event on, through the API as a browser does. */
export async function watch(
  { url, keys, database }: Installation,
  { board, userIds }: Team,
): Promise<TestViewer> {
  const { epoch } = await database('boards').where({ id: board.boardId }).first('epoch')
  const token = await signToken(keys, 'api', userIds[0]!)
  return aViewer(Number(new URL(url).port), board.boardId, token, { epoch, offset: 0 })
}

/** The number of the last event the viewer was told; -1 when one was left out before it. */
export function lastSeen({ messages }: TestViewer): number {
  let last = 0
  for (const message of messages) {
    if (message.kind === 'reset') return -1
    for (const { offset } of message.events) {
      if (offset > last + 1) return -1
      last = Math.max(last, offset)
    }
  }
  return last
}
