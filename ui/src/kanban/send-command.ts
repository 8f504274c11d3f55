import { act } from '../shell/act.ts'
import { asApiError } from '../shell/api-error.ts'
import type { Answer, Command, Sent } from './command.ts'

/** Asks the server for a command, once; whether to ask again is the queue's to decide. */
export async function sendCommand({ intent, key, gestureId }: Command): Promise<Sent> {
  const { type, targetId, body } = intent
  try {
    const done = await act(type, targetId, body, { key, gestureId, attemptsMax: 1 })
    return { kind: 'done', answer: done as Answer }
  } catch (thrown) {
    const error = asApiError(thrown)
    // Who asks for too much is told when to go on: the change waits and nothing is lost.
    if (error.isAway || error.code === 'request.too_many')
      return { kind: 'away', waitMs: error.retryAfterMs }
    // A fault is the stored outcome of its key; a session that is over has left no outcome.
    if (error.code === 'internal') return { kind: 'failed', error, keyIsSpent: true }
    if (error.status === 401 || error.code === 'answer.strange') {
      return { kind: 'failed', error, keyIsSpent: false }
    }
    return { kind: 'refused', error }
  }
}
