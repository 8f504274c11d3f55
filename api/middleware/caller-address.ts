import { isIP } from 'node:net'
import type { Middleware } from '../context.ts'

/** Stands where there is no address, for the tables want one. */
const UNKNOWN = '::'

/**
 * Notes where a request comes from while that can be told: a socket whose peer has hung up knows
 * its address no more.
 */
export const callerAddress: Middleware = async (ctx, next) => {
  // Behind the `%` stands which of our own network cards a neighbour is at.
  const [address = ''] = ctx.ip.split('%')
  ctx.state.ip = isIP(address) ? address : UNKNOWN
  await next()
}
