import { z } from 'zod'
import { SecretName } from '../secret-name.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

const HeaderName = z.string().max(100)

/** Asks a server outside, if the project allows its host. */
export const httpRequest = defineNode({
  title: 'HTTP request',
  group: 'outside',
  kind: 'act',
  params: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    headers: z.record(HeaderName, z.string().max(2_000)).default({}),
    /**
     * Headers whose values are secrets of the project, by name; nobody sees them in the run. Taken
     * as written: a card's title cannot ask for a secret.
     */
    secretHeaders: z.record(HeaderName, SecretName).default({}),
    body: z.json().optional(),
  }),
  blocks: NO_BLOCKS,
  outputs: ['status', 'headers', 'body'],
})
