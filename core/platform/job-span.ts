import { ATTRIBUTE } from './span-attributes.ts'
import { inSpan, SpanKind } from './span.ts'

interface SomeJob {
  readonly id?: string | undefined
  readonly name: string
}

/** Does a job of a BullMQ queue inside a span; of what the job holds nothing is told. */
export async function inJobSpan<Value>(
  queue: string,
  { id = '', name }: SomeJob,
  work: () => Promise<Value>,
): Promise<Value> {
  const attributes = {
    [ATTRIBUTE.messagingSystem]: 'bullmq',
    [ATTRIBUTE.destination]: queue,
    [ATTRIBUTE.operation]: 'process',
    [ATTRIBUTE.messageId]: id,
    [ATTRIBUTE.job]: name,
  }
  return await inSpan({ name: `process ${queue}`, kind: SpanKind.CONSUMER, attributes }, work)
}
