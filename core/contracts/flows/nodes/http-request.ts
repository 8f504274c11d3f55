import { z } from 'zod'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Asks a server outside, if the project allows its host. */
export const httpRequest = defineNode({
  title: 'HTTP request',
  group: 'outside',
  kind: 'act',
  params: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    /** Values may name secrets of the project, which nobody sees in the run. */
    headers: z.record(z.string().max(100), z.string().max(2_000)).default({}),
    body: z.json().optional(),
  }),
  blocks: NO_BLOCKS,
  outputs: ['status', 'headers', 'body'],
})
