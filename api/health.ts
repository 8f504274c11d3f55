import type { Health, Readiness, State } from '#core/contracts/health.ts'
import { within } from '#core/kernel/within.ts'
import type { Middleware } from './context.ts'
import type { Parts, Probe } from './parts.ts'

const PROBE_LIMIT_MS = 2_000

/** GET /health: the process serves. */
export const health: Middleware = (ctx) => {
  ctx.body = { status: 'ok' } satisfies Health
}

/** GET /ready: whether each component the API needs can be used now; 503 when one cannot. */
export function readiness({ config, probes }: Parts): Middleware {
  return async (ctx) => {
    const states = await Promise.all(
      Object.entries(probes).map(async ([name, probe]) => [name, await stateOf(probe)] as const),
    )
    const isReady = states.every(([, state]) => state === 'up')
    ctx.status = isReady ? 200 : 503
    ctx.body = {
      status: isReady ? 'ready' : 'not ready',
      components: Object.fromEntries(states),
      ...(config.PROJECTFLOW_DEMO && {
        temporal: {
          address: config.TEMPORAL_ADDRESS,
          namespace: config.TEMPORAL_NAMESPACE,
          uiUrl: config.TEMPORAL_UI_URL,
        },
      }),
    } satisfies Readiness
  }
}

async function stateOf(probe: Probe): Promise<State> {
  const isUp = await within(probe(), PROBE_LIMIT_MS).catch(() => false)
  return isUp ? 'up' : 'down'
}
