import { propagation, trace } from '@opentelemetry/api'
import { within } from '#core/kernel/within.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

const FLUSH_LIMIT_MS = 1_000

/** What sends the spans of this process. */
export interface Tracing {
  /** Sends what waits, for a second at most. */
  stop(): Promise<void>
}

/**
 * Sends the spans of this process, under the name `service`, to the collector that is set. Without
 * one it does nothing, and what makes and sends spans is not even loaded.
 */
export async function startTracing(
  {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: headers = '',
  }: Pick<Config, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_HEADERS'>,
  service: string,
  log: Log,
): Promise<Tracing> {
  if (endpoint === undefined) return { stop: async () => {} }
  const { openSpanSender } = await import('./span-sender.ts')
  const { provider, propagator } = openSpanSender({ endpoint, headers }, service, log)
  trace.setGlobalTracerProvider(provider)
  propagation.setGlobalPropagator(propagator)
  return {
    async stop() {
      trace.disable()
      propagation.disable()
      await within(provider.shutdown(), FLUSH_LIMIT_MS).catch((error: unknown) =>
        log.warn({ error }, 'the last spans were not sent'),
      )
    },
  }
}
