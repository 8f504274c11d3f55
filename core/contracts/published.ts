import { z } from 'zod'
import { ACTION_TYPES, contractOf } from './actions.ts'
import { ErrorBody, ERRORS } from './errors.ts'
import * as channels from './channels.ts'
import * as events from './events.ts'
import { Flow } from './flows/flow.ts'
import { nodes } from './flows/nodes/index.ts'
import { triggers } from './flows/triggers.ts'
import * as jobs from './jobs.ts'
import * as texts from './texts.ts'
import * as views from './views.ts'

export type Json = Record<string, unknown>

/** What clients may rely on, by the name of the file it is published in. */
export function publishedContracts(): Readonly<Record<string, Json>> {
  return {
    'actions.json': Object.fromEntries(ACTION_TYPES.map((type) => [type, actionOf(type)])),
    'channels.json': schemasOf(channels),
    'errors.json': { body: outputOf(ErrorBody), codes: statuses() },
    'events.json': schemasOf(events),
    'jobs.json': schemasOf(jobs),
    'texts.json': schemasOf(texts),
    'flows.json': { flow: { input: inputOf(Flow) }, nodes: nodesOf(), triggers: triggersOf() },
    'views.json': schemasOf(views),
  }
}

function actionOf(type: (typeof ACTION_TYPES)[number]): Json {
  const { target, permission, body, result, refusals } = contractOf(type)
  return {
    target,
    permission,
    input: inputOf(body),
    output: outputOf(result),
    refusals,
  }
}

function schemasOf(module: Readonly<Record<string, unknown>>): Json {
  const schemas = Object.entries(module).flatMap(([name, value]) =>
    value instanceof z.ZodType ? [[name, outputOf(value)]] : [],
  )
  return Object.fromEntries(schemas) as Json
}

const nodesOf = (): Json =>
  Object.fromEntries(
    Object.entries(nodes).map(([type, { kind, params, blocks, outputs }]) => [
      type,
      { kind, input: inputOf(params), blocks, outputs },
    ]),
  )

const triggersOf = (): Json =>
  Object.fromEntries(
    Object.entries(triggers).map(([type, { about, params, gives, version }]) => [
      type,
      { about, input: inputOf(params), gives, version },
    ]),
  )

const inputOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' })
const outputOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'output' })

const statuses = () =>
  Object.fromEntries(Object.entries(ERRORS).map(([code, [status]]) => [code, status]))
