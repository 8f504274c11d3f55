import { z } from 'zod'
import { ErrorBody } from '#core/contracts/errors.ts'
import { Health, Readiness } from '#core/contracts/health.ts'
import { Unsubscribe } from '#core/contracts/notification-settings.ts'
import type { OpenapiDocument, Operation } from './openapi.ts'
import { UNSUBSCRIBE_PATH } from './paths.ts'

const json = (schema: z.ZodType) => ({
  'application/json': { schema: z.toJSONSchema(schema, { io: 'output' }) },
})

const about = (name: string, summary: string, responses: Operation['responses']) => ({
  get: { operationId: name, summary, tags: ['operations'], parameters: [], responses },
})

const token = [
  {
    name: 'token',
    in: 'query',
    required: true,
    schema: z.toJSONSchema(Unsubscribe.shape.token, { io: 'input' }),
  },
]
const refused = (description: string) => ({ description, content: json(ErrorBody) })

/** What the link at the foot of a letter of news leads to; see unsubscribe.ts. */
const ofLetters = {
  get: {
    operationId: 'showUnsubscribe',
    summary: 'Lead whoever opens the link of a letter to the page that ends such letters',
    tags: ['notifications'],
    parameters: token,
    responses: {
      302: { description: 'To that page' },
      400: refused('request.invalid'),
    },
  },
  post: {
    operationId: 'unsubscribe',
    summary: 'End letters of the kinds a letter’s link names, as mail programs do (RFC 8058)',
    tags: ['notifications'],
    parameters: token,
    responses: {
      204: { description: 'Done' },
      400: refused('request.invalid'),
      410: refused('link.over'),
    },
  },
}

/** What no route of /api/v1 is: asked by those who run it and by mail programs, without signing in. */
export const operations: OpenapiDocument['paths'] = {
  [UNSUBSCRIBE_PATH]: ofLetters,
  '/health': about('health', 'Whether the process serves', {
    200: { description: 'It does', content: json(Health) },
  }),
  '/ready': about('ready', 'Whether each part the API needs can be used now', {
    200: { description: 'All are up', content: json(Readiness) },
    503: { description: 'One is down', content: json(Readiness) },
  }),
  '/metrics': about('metrics', 'Figures of the process and the time each route takes', {
    200: {
      description: 'As Prometheus reads it',
      content: { 'text/plain': { schema: { type: 'string' } } },
    },
  }),
}
