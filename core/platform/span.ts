import {
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type SpanKind,
} from '@opentelemetry/api'
import { ATTRIBUTE } from './span-attributes.ts'

export { SpanKind } from '@opentelemetry/api'

/** A span that is to begin. It goes to nobody unless startTracing has been called. */
export interface NewSpan {
  readonly name: string
  readonly kind: SpanKind
  readonly attributes?: Attributes
  /** W3C traceparents of what it follows from; of those that are malformed nothing is taken. */
  readonly causes?: readonly string[]
}

/** Below its cause where it has one; with several it begins a trace that is linked to each. */
export function startSpan({ name, causes = [], ...options }: NewSpan): Span {
  const links = [...new Set(causes)].flatMap((each) => spanContextOf(each) ?? [])
  const [parent, ...others] = links
  const tracer = trace.getTracer('projectflow')
  if (parent && others.length === 0) {
    return tracer.startSpan(name, options, trace.setSpanContext(ROOT_CONTEXT, parent))
  }
  return tracer.startSpan(name, { ...options, links: links.map((context) => ({ context })) })
}

/** Does the work inside a span. What it throws is named by its kind alone: messages quote rows. */
export async function inSpan<Value>(wanted: NewSpan, work: () => Promise<Value>): Promise<Value> {
  const span = startSpan(wanted)
  try {
    return await work()
  } catch (error) {
    failSpan(span, error instanceof Error ? error.name : 'Error')
    throw error
  } finally {
    span.end()
  }
}

export function failSpan(span: Span, errorType: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR })
  span.setAttribute(ATTRIBUTE.errorType, errorType)
}

/** The span as a W3C traceparent, for what follows from it; undefined while nothing is traced. */
export function traceparentOf(span: Span): string | undefined {
  const carrier: { traceparent?: string } = {}
  propagation.inject(trace.setSpan(ROOT_CONTEXT, span), carrier)
  return carrier.traceparent
}

/** A tracestate is left where it is: it is words of strangers. */
const spanContextOf = (traceparent: string) =>
  trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent }))
