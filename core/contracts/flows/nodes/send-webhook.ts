import { z } from 'zod'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Sends a signed message to a server outside, tried up to eight times over a day. */
export const sendWebhook = defineNode({
  title: 'Send a webhook',
  group: 'outside',
  kind: 'act',
  params: z.strictObject({
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    body: z.json().default({}),
  }),
  blocks: NO_BLOCKS,
  outputs: ['deliveryId'],
})
