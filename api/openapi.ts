import { z } from 'zod'
import { Queued } from '#core/contracts/command.ts'
import { ErrorBody, ERRORS, type ErrorCode } from '#core/contracts/errors.ts'
import { Id } from '#core/contracts/fields.ts'
import * as views from '#core/contracts/views.ts'
import type { Middleware } from './context.ts'
import { operations } from './openapi-operations.ts'
import { API_PREFIX } from './paths.ts'
import type { Route } from './route.ts'
import { routes } from './routes/index.ts'

type Json = Record<string, unknown>

export interface Operation {
  readonly operationId: string
  readonly security?: readonly Json[]
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Json }[]
  readonly requestBody?: { required: true; content: Partial<Content & Bytes> }
  readonly responses: Readonly<Record<string, { description: string; content?: AnyContent }>>
}

type Content = Readonly<Record<'application/json', { schema: Json }>>
type Bytes = Readonly<Record<'application/octet-stream', { schema: Json }>>
type AnyContent = Partial<Content> & { readonly 'text/plain'?: { schema: Json } }

export interface OpenapiDocument {
  readonly openapi: string
  readonly info: Json
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { schemas: Json; securitySchemes: Json }
}

const ANY_ROUTE: readonly ErrorCode[] = ['request.invalid', 'service.away', 'internal']
const BYTES: Bytes = { 'application/octet-stream': { schema: {} } }
const SIGNED_IN: readonly ErrorCode[] = ['auth.required', 'auth.expired', 'request.too_many']
const WITH_JSON: readonly ErrorCode[] = [
  'request.not_json',
  'request.too_large',
  'request.unsupported_type',
]

/** Schemas that many answers share, by the names they have in the contracts. */
const named = z.registry<{ id: string }>()
for (const [id, value] of Object.entries({ ...views, ErrorBody, Queued })) {
  if (value instanceof z.ZodType && id !== 'Instant') named.add(value, { id })
}

/** The API as OpenAPI 3.1, made from the routes that are served and the contracts they name. */
function describeApi(all: readonly Route[]): OpenapiDocument {
  const schemas: Json = {}
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of all) {
    const path = API_PREFIX + route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: describe(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ProjectFlow',
      version: '1',
      description: 'Boards whose every action is a durable workflow.',
    },
    paths: { ...paths, ...operations },
    components: {
      schemas,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}

function describe(route: Route, schemas: Json): Operation {
  const { method, path, summary, access, body, takesFile, action } = route
  const content = (schema: z.ZodType, io: 'input' | 'output'): Content => ({
    'application/json': { schema: schemaOf(schema, io, schemas) },
  })
  const ok = route.answer ? { content: answerOf(route, content(route.answer, 'output')) } : {}
  return {
    operationId:
      action ?? `${method}${path.replaceAll(/[/:-]+(\w)/g, (_, letter) => letter.toUpperCase())}`,
    summary,
    tags: [path.split('/')[1]!],
    ...(access !== 'anyone' && { security: [{ token: [] }] }),
    parameters: parametersOf(route),
    ...(body && { requestBody: { required: true, content: content(body, 'input') } }),
    ...(takesFile && { requestBody: { required: true, content: BYTES } }),
    responses: {
      [route.status]: { description: 'Done', ...ok },
      ...(action && { 202: { description: 'Queued', content: content(Queued, 'output') } }),
      ...(route.hasEtag && { 304: { description: 'What the caller has is how it still is' } }),
      ...refusalsOf(route, content(ErrorBody, 'output')),
    },
  }
}

/** Events are told each with its JSON. */
const answerOf = ({ isStream }: Route, content: Content) =>
  isStream ? { 'text/event-stream': content['application/json'] } : content

function parametersOf({
  method,
  path,
  query,
  action,
  takesFile,
  isStream,
  hasEtag,
}: Route): Operation['parameters'] {
  const id = schemaOf(Id, 'input', {})
  const inPath = Array.from(path.matchAll(/:(\w+)/g), ([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    schema: id,
  }))
  const asked = query ? schemaOf(query, 'input', {}) : {}
  const required = (asked['required'] ?? []) as string[]
  const inQuery = Object.entries((asked['properties'] ?? {}) as Record<string, Json>).map(
    ([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }),
  )
  const header = (name: string, schema: Json) => ({ name, in: 'header', required: false, schema })
  const headers = method === 'get' || takesFile ? [] : [header('Idempotency-Key', id)]
  if (action) {
    const prefer = { type: 'string', enum: ['respond-async'] }
    headers.push(header('Gesture-Id', id), header('Prefer', prefer))
  }
  if (isStream) headers.push(header('Last-Event-ID', { type: 'string' }))
  if (hasEtag) headers.push(header('If-None-Match', { type: 'string' }))
  return [...inPath, ...inQuery, ...headers]
}

/** The codes a route may answer with, by status. */
function refusalsOf(route: Route, content: Content): Operation['responses'] {
  const codes = new Set([
    ...ANY_ROUTE,
    ...(route.access !== 'anyone' ? SIGNED_IN : []),
    ...(route.method === 'get' ? [] : (['request.cross_site'] as const)),
    ...(route.method === 'get' || route.takesFile ? [] : WITH_JSON),
    ...route.refusals,
  ])
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code][0])
  const responses = Array.from(byStatus, ([status, some]) => {
    const description = some.map((code) => `\`${code}\`: ${ERRORS[code][1]}`).join('\n\n')
    const only = { properties: { error: { properties: { code: { enum: some } } } } }
    const schema = { allOf: [content['application/json'].schema, only] }
    return [status, { description, content: { 'application/json': { schema } } }] as const
  })
  return Object.fromEntries(responses)
}

/** A schema as JSON Schema; those with a name are put among `schemas` and referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const made = z.toJSONSchema(schema, { metadata: named, io }) as Json
  const text = JSON.stringify(made).replaceAll('#/$defs/', '#/components/schemas/')
  const { $schema: _, $defs = {}, id, ...rest } = JSON.parse(text) as Json
  Object.assign(schemas, $defs)
  if (typeof id !== 'string') return rest
  schemas[id] = rest
  return { $ref: `#/components/schemas/${id}` }
}

export const openapiDocument = describeApi(routes)

/** GET /openapi.json */
export const showOpenapi: Middleware = (ctx) => {
  ctx.body = openapiDocument
}
