import { z } from 'zod'

/** Of a message to a flow; more is refused. */
export const HOOK_BYTES_MAX = 64 * 1024

/** What a flow is told of the head of a message, so that no credentials stand in a run. */
export const HOOK_HEADERS = [
  'content-type',
  'user-agent',
  'x-github-event',
  'x-event-type',
] as const

/** A message to a flow was kept: `known` when it was there already. */
export const HookTaken = z.strictObject({ status: z.enum(['taken', 'known']) })
