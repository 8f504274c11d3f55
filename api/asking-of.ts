import type { Asked } from './command.ts'

/** Who asks, and from where, as the audit tells it. */
export const askingOf = ({ ctx, userId }: Pick<Asked, 'ctx' | 'userId'>) => ({
  actorId: userId,
  requestId: ctx.state.requestId,
  ip: ctx.state.ip,
})
