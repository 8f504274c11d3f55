import { z } from 'zod'
import { ACTION_ROUTES } from '#core/contracts/action-routes.ts'
import { contractOf, refusalsOf, type ActionType } from '#core/contracts/actions.ts'
import type { TargetKind } from '#core/contracts/action.ts'
import { Id } from '#core/contracts/fields.ts'
import { titleOf } from './action-title.ts'
import { makeCommand, submit, type Asked } from './command.ts'
import type { Method, Route } from './route.ts'
import { read } from './validate.ts'

/** The name an action's target has in addresses; an undo names its target in the body. */
const PARAM_OF: Readonly<Record<TargetKind, string | null>> = {
  workspace: 'workspaceId',
  project: 'projectId',
  board: 'boardId',
  column: 'columnId',
  label: 'labelId',
  card: 'cardId',
  comment: 'commentId',
  'checklist-item': 'itemId',
  attachment: 'attachmentId',
  flow: 'flowId',
  run: 'runId',
  outcome: null,
}

/** The route of one action: its body, answer and refusals are those of its contract. */
export function act(type: ActionType): Route {
  const { body, result, target, permission, status = 200 } = contractOf(type)
  const [method, path] = addressOf(type)
  const names = Array.from(path.matchAll(/:(\w+)/g), ([, name]) => name!)
  const inPath = names.filter((name) => name !== PARAM_OF[target])
  const ofBody = Object.keys(shapeOf(body)).filter((key) => !inPath.includes(key))
  return {
    method,
    path,
    summary: titleOf(type),
    access: 'user',
    permission,
    query: null,
    body: ofBody.length > 0 ? body : null,
    takesFile: false,
    status,
    answer: z.strictObject({
      ...shapeOf(result),
      commandId: Id,
      offsets: z.record(Id, z.int()),
    }),
    refusals: refusalsOf(type),
    isStream: false,
    hasEtag: false,
    action: type,
    async handle(call) {
      const asked = ofBody.length > 0 ? call.body : read(body, pick(call.params, inPath), 'path')
      const command = await makeCommand(call, type, targetOf(call, target, asked), asked as object)
      return await submit(call, command, status)
    },
  }
}

function addressOf(type: ActionType): [method: Method, path: string] {
  const [method, path] = ACTION_ROUTES[type].split(' ') as [string, string]
  const name = PARAM_OF[contractOf(type).target]
  return [method.toLowerCase() as Method, path.replace(':target', `:${name}`)]
}

function targetOf(call: Asked, kind: TargetKind, body: unknown): string {
  const name = PARAM_OF[kind]
  if (name !== null) return call.params[name]!
  const { commandId, gestureId } = body as { commandId?: string; gestureId?: string }
  return (commandId ?? gestureId)!
}

const shapeOf = (schema: z.ZodType) => (schema as z.ZodObject).shape

const pick = (params: Readonly<Record<string, string>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, params[name]]))
