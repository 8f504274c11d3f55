import { z } from 'zod'
import { Health, Readiness } from '#core/contracts/health.ts'
import type { OpenapiDocument, Operation } from './openapi.ts'

const json = (schema: z.ZodType) => ({
  'application/json': { schema: z.toJSONSchema(schema, { io: 'output' }) },
})

const about = (name: string, summary: string, responses: Operation['responses']) => ({
  get: { operationId: name, summary, tags: ['operations'], parameters: [], responses },
})

/** What the API tells those who run it; these stand outside of /api/v1 and want no sign-in. */
export const operations: OpenapiDocument['paths'] = {
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
