import { expect, test } from 'vitest'
import { ACTION_TYPES, refusalsOf } from '#core/contracts/actions.ts'
import { openapiDocument } from './openapi.ts'
import { routes } from './routes/index.ts'

const operations = Object.values(openapiDocument.paths).flatMap((methods) => Object.values(methods))

test('every route is described once, under an id of its own', () => {
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  expect(operations).toHaveLength(routes.length + 5)
  const ofOperators = ['/health', '/ready', '/metrics', '/api/v1/unsubscribe']
  expect(Object.keys(openapiDocument.paths)).toEqual(expect.arrayContaining(ofOperators))
})

test('every write but that of a file takes a key, and no read does', () => {
  for (const [path, methods] of Object.entries(openapiDocument.paths)) {
    // Mail programs, which ask for it, send none.
    if (path === '/api/v1/unsubscribe') continue
    for (const [method, { parameters, requestBody }] of Object.entries(methods)) {
      const isFile = requestBody?.content['application/octet-stream'] !== undefined
      const names = parameters.map(({ name }) => name)
      expect(names.includes('Idempotency-Key')).toBe(method !== 'get' && !isFile)
    }
  }
})

test.each(ACTION_TYPES)('%s tells every refusal of its contract', (type) => {
  const operation = operations.find(({ operationId }) => operationId === type)!
  const told = JSON.stringify(operation.responses)
  for (const code of refusalsOf(type)) expect(told).toContain(code)
  expect(operation.responses['202']?.description).toBe('Queued')
})

test('an undo tells what the actions refuse that take others back, and a job that the engine is away', () => {
  const told = (path: string, method: string) =>
    JSON.stringify(openapiDocument.paths[path]![method]!.responses)
  const undo = told('/api/v1/undo', 'post')
  for (const code of ['column.full', 'card.deleted', 'label.name_taken', 'comment.not_yours']) {
    expect(undo).toContain(code)
  }
  expect(told('/api/v1/jobs/{jobId}', 'get')).toContain('engine.away')
})

test('an action says what it takes: its path, its headers and its body', () => {
  const create = openapiDocument.paths['/api/v1/boards/{boardId}/cards']!['post']!
  expect(create.parameters.map(({ name, in: where }) => `${where} ${name}`)).toEqual([
    'path boardId',
    'header Idempotency-Key',
    'header Gesture-Id',
    'header Prefer',
  ])
  const body = create.requestBody!.content['application/json']!.schema
  expect(body['required']).toEqual(['columnId', 'title'])
  const created = create.responses['201']!.content!['application/json']!.schema
  expect(JSON.stringify(created)).toContain('#/components/schemas/CardFace')
})

test('what is said in the address is not asked for again in a body', () => {
  const assign = openapiDocument.paths['/api/v1/cards/{cardId}/assignees/{userId}']!['put']!
  expect(assign.requestBody).toBeUndefined()
})

test('a board says that a caller may name what it has', () => {
  const board = openapiDocument.paths['/api/v1/boards/{boardId}']!['get']!
  expect(board.parameters.map(({ name }) => name)).toContain('If-None-Match')
  expect(board.responses).toHaveProperty('304')
})

test('every reference leads somewhere', () => {
  const text = JSON.stringify(openapiDocument)
  const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name!,
  )
  expect(names.length).toBeGreaterThan(50)
  for (const name of names) expect(openapiDocument.components.schemas).toHaveProperty(name)
  expect(text).not.toContain('$defs')
})

test('every route says in plain words what it is for', () => {
  const summaries = operations.map(({ summary }) => summary)
  expect(summaries).toContain('Move a card')
  expect(summaries.filter((text) => /[{}]/.test(text) || !/^[A-Z]/.test(text))).toEqual([])
})
