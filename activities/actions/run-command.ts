import type { Command, Outcome } from '#core/contracts/command.ts'
import type { Membership } from '#core/kernel/member-rights.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { bodyHash, isMac } from '#core/platform/command-mac.ts'
import { refusalOf } from '#core/platform/database-errors.ts'
import type { Effect, Handlers, Locks, Work } from '#core/platform/handler.ts'
import type { Knex } from 'knex'
import type { StoredOutcome } from './outcomes.ts'
import { refuseBeyondRights } from './refuse-beyond-rights.ts'

/** What became of one command in its batch. */
export type Settled =
  | { readonly kind: 'done'; readonly command: Command; readonly effect: Effect }
  | { readonly kind: 'refused'; readonly command: Command; readonly refusal: Refusal }
  /** It was answered before; `outcome` is that answer. */
  | { readonly kind: 'known'; readonly command: Command; readonly outcome: Outcome }

/** What the commands of a batch share. */
export interface Batch {
  readonly trx: Knex.Transaction
  readonly locks: Locks
  readonly members: ReadonlyMap<string, Membership>
  readonly now: Date
  readonly written: Work['written']
}

/** Guards, then the handler. Throws a Refusal, `Relocated`, or a fault. */
export async function runCommand(
  batch: Batch,
  command: Command,
  handlers: Handlers,
  commandKey: string,
): Promise<Effect> {
  if (!isMac(commandKey, command, command.mac)) {
    throw new Refusal('permission.denied', 'The command was not accepted by the API.')
  }
  const { type, targetId, body, workspaceId, actorId } = command
  const { trx, locks, now, written } = batch
  const member = batch.members.get(actorId)
  if (!member) throw new Refusal('permission.denied', 'You are not a member of this workspace.')
  await refuseBeyondRights({ trx, actorId, member }, command)
  const handler = handlers[type] as (work: Work) => Promise<Effect>
  return await handler({
    trx,
    command,
    type,
    targetId,
    body: body as never,
    workspaceId,
    actorId,
    member,
    now,
    locks,
    written,
    undo: null,
  })
}

/** The answer a retry gets: the stored one, or a refusal when the key was used for something else. */
export function knownOutcome(command: Command, stored: StoredOutcome): Outcome {
  if (bodyHash(command).equals(stored.bodyHash)) return stored.outcome
  return {
    status: 'refused',
    commandId: command.id,
    code: 'command.key_reused',
    message: 'This Idempotency-Key was used for another command.',
    details: {},
  }
}

/** The refusal an error stands for; undefined for a fault. */
export function asRefusal(error: unknown): Refusal | undefined {
  return error instanceof Refusal ? error : refusalOf(error)
}
