import { recordDenial } from '#activities/audit/denials.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Parts } from './parts.ts'

interface What {
  readonly workspaceId: string
  readonly actorId: string
  readonly requestId: string
  readonly ip: string
  readonly action: string
  readonly targetKind: string
  readonly targetId: string
}

/** Does what may turn out to be denied; when it is, that is written down before it is answered. */
export async function denialsWritten<Result>(
  { database }: Pick<Parts, 'database'>,
  what: What,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'permission.denied') {
      await recordDenial(database, { ...what, commandId: null })
    }
    throw error
  }
}
