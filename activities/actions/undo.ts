import { COMMANDS_PER_GESTURE_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Effect, Handler, Handlers, UndoStep, Work } from '#core/platform/handler.ts'
import { undoables, type Undoable } from './outcomes.ts'
import { refuseBeyondRights } from './refuse-beyond-rights.ts'

type Doers = Omit<Handlers, 'undo'>

/**
 * Takes back what the actor did under a command's id, or all of a gesture, by running the stored
 * inverse steps through the ordinary handlers. One step that is refused refuses the whole.
 */
export function undoWith(handlers: Doers): Handler<'undo'> {
  return async (work) => {
    const targets = await targetsOf(work)
    const steps = targets.flatMap((target) => target.inverse ?? [])
    if (steps.length === 0) {
      throw new Refusal('undo.impossible', 'The action changed nothing that could be taken back.')
    }
    const effects: Effect[] = []
    for (const step of steps) effects.push(await takeBack(work, handlers, step))
    return {
      result: { undone: targets.map((target) => target.commandId) },
      events: effects.flatMap((effect) => effect.events),
      changes: Object.assign({}, ...effects.map((effect) => effect.changes)),
      inverse: effects.toReversed().flatMap((effect) => effect.inverse ?? []),
      follow: effects.flatMap((effect) => effect.follow),
    }
  }
}

/** The commands to take back, newest first; a gesture of too many is refused, never halved. */
async function targetsOf(work: Work<'undo'>): Promise<Undoable[]> {
  const { trx, workspaceId, actorId, body } = work
  const targets = await undoables(trx, workspaceId, actorId, body, COMMANDS_PER_GESTURE_MAX + 1)
  if (targets.length === 0) {
    throw new Refusal('undo.not_found', 'There is nothing of yours to undo under this id.')
  }
  if (targets.length > COMMANDS_PER_GESTURE_MAX) {
    throw new Refusal(
      'undo.impossible',
      `A gesture of more than ${COMMANDS_PER_GESTURE_MAX} actions cannot be taken back.`,
    )
  }
  return targets
}

async function takeBack(work: Work<'undo'>, handlers: Doers, step: UndoStep): Promise<Effect> {
  const { type, targetId, body } = step
  await refuseBeyondRights(work, step)
  const handler = handlers[type as keyof Doers] as (work: Work) => Promise<Effect>
  return await handler({ ...work, type, targetId, body: body as never, undo: step })
}
