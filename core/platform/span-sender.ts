import {
  ExportResultCode,
  parseKeyPairsIntoRecord,
  W3CTraceContextPropagator,
} from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  TracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace'
import type { Log } from './log.ts'

const SEND_EVERY_MS = 2_000
const SEND_LIMIT_MS = 5_000
/** What comes on top while the collector is away is dropped. */
const WAITING_MAX = 2_048
const ATTRIBUTE_CHARS_MAX = 200

interface Collector {
  readonly endpoint: string
  /** Sent along, as in `api-key=…,x-team=web`; percent-encoded as the specification has it. */
  readonly headers: string
}

/** What sends spans to a collector, by OTLP over HTTP with JSON. */
export function openSpanSender({ endpoint, headers }: Collector, service: string, log: Log) {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const exporter = new OTLPTraceExporter({
    url,
    headers: parseKeyPairsIntoRecord(headers),
    timeoutMillis: SEND_LIMIT_MS,
  })
  const sender = new BatchSpanProcessor({
    exporter: toldWhenAway(exporter, log),
    scheduledDelayMillis: SEND_EVERY_MS,
    exportTimeoutMillis: SEND_LIMIT_MS,
    maxQueueSize: WAITING_MAX,
  })
  const provider = new TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': service })),
    // Whether a request is recorded is not for its caller to say; collectors take samples.
    sampler: new AlwaysOnSampler(),
    spanLimits: { attributeValueLengthLimit: ATTRIBUTE_CHARS_MAX },
    spanProcessors: [sender],
  })
  return { provider, propagator: new W3CTraceContextPropagator() }
}

/** A line in the log when the collector goes away, and one when it is back. */
function toldWhenAway(exporter: SpanExporter, log: Log): SpanExporter {
  let isAway = false
  return {
    shutdown: async () => await exporter.shutdown(),
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.code !== ExportResultCode.SUCCESS
        if (failed && !isAway)
          log.warn({ error: result.error }, 'spans are not taken; they are lost')
        if (!failed && isAway) log.info('spans are taken again')
        isAway = failed
        done(result)
      })
    },
  }
}
