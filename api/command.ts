import { contractOf, type ActionType } from '#core/contracts/actions.ts'
import { NOT_FOUND } from '#core/contracts/action.ts'
import type { Command, Outcome } from '#core/contracts/command.ts'
import { allows } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { commandMac } from '#core/platform/command-mac.ts'
import { aimOf, resolveTargetAsActor } from '#activities/actions/queries.ts'
import { recordDenial } from '#activities/audit/denials.ts'
import type { Context } from './context.ts'
import { idIn } from './idempotency-key.ts'
import { refuse } from './refuse.ts'
import type { Call } from './route.ts'

export type Asked = Call<Record<string, string>, unknown, unknown>

/** Turns a request into a command that bears the API's mark, checked as far as it can be by now. */
export async function makeCommand(
  call: Asked,
  type: ActionType,
  targetId: string,
  body: object,
): Promise<Command> {
  const { ctx, parts, userId: actorId, key: id } = call
  const gestureId = idIn(ctx, 'gesture-id')
  const { requestId, traceparent, ip } = ctx.state
  const contract = contractOf(type)
  const { target: kind, summary } = contract
  const target = await resolveTargetAsActor(parts.database, kind, targetId, actorId, body)
  if (!target) throw refuse(NOT_FOUND[kind])
  const { workspaceId } = target
  if (!allows(target.rights, contract, target.ties)) {
    return await deny(call, type, targetId, workspaceId)
  }
  const asked = {
    id,
    type,
    workspaceId,
    actorId,
    targetId,
    body,
    ...(gestureId && { gestureId }),
  }
  return {
    ...asked,
    ...aimOf(target, summary, body),
    requestId,
    ...(traceparent && { traceparent }),
    ip,
    mac: commandMac(parts.config.COMMAND_KEY, asked),
  }
}

/** Turns away whose role does not allow it, and writes that down. */
async function deny(
  { ctx, parts, userId: actorId, key: commandId }: Asked,
  action: ActionType,
  targetId: string,
  workspaceId: string,
): Promise<never> {
  const { target: targetKind, permission } = contractOf(action)
  const { requestId, ip } = ctx.state
  const what = { action, targetKind, targetId, commandId }
  await recordDenial(parts.database, { ...what, workspaceId, actorId, requestId, ip })
  throw refuse('permission.denied', { permission })
}

/** Gives the command to the engine and answers what became of it, or that it is queued. */
export async function submit(call: Asked, command: Command, status: number): Promise<unknown> {
  const wait = prefersNotToWait(call.ctx) ? 'acknowledged' : 'outcome'
  const outcome = await call.parts.engine.submit(command, wait)
  if (outcome !== 'queued') return answerOf(call.ctx, outcome, status)
  call.ctx.status = 202
  return { job_id: command.id, status: 'queued' }
}

function answerOf(ctx: Context, outcome: Outcome, status: number): unknown {
  if (outcome.status === 'refused') {
    throw new Refusal(outcome.code, outcome.message, outcome.details)
  }
  ctx.status = status
  return { ...outcome.result, commandId: outcome.commandId, offsets: outcome.offsets }
}

/** RFC 7240: preferences are a list, and a name is told apart from its parameters. */
function prefersNotToWait(ctx: Context): boolean {
  const preferences = ctx.get('prefer').split(',')
  return preferences.some((each) => each.split(';')[0]?.trim().toLowerCase() === 'respond-async')
}
