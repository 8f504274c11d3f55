import { proxyLocalActivities } from '@temporalio/workflow'
import type { Move, Moved } from './move-card.ts'

const { moveCard } = proxyLocalActivities<{ moveCard: (move: Move) => Promise<Moved> }>({
  startToCloseTimeout: '30 seconds',
})

/** The least a durable card move can be: one workflow, one local activity. */
export async function eagerMove(move: Move): Promise<Moved> {
  return await moveCard(move)
}
