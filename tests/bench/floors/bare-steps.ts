import { proxyActivities } from '@temporalio/workflow'

const { keepRow } = proxyActivities<{ keepRow: (text: string) => Promise<void> }>({
  startToCloseTimeout: '30 seconds',
})

/** The least a flow can be: one activity for each step, one after the other. */
export async function bareSteps(steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) await keepRow(`step ${step}`)
}
