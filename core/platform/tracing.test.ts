import { spawnSync } from 'node:child_process'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { aSpanCollector } from '#tests/support/span-collector.ts'
import { inJobSpan } from './job-span.ts'
import { inSpan, SpanKind } from './span.ts'
import { openSpanSender } from './span-sender.ts'
import { startTracing } from './tracing.ts'

const INTERNAL = SpanKind.INTERNAL
const nothing = async () => {}
const traceparent = (digit: string) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`

let collector: Awaited<ReturnType<typeof aSpanCollector>>
let logged: { level: number; msg: string }[]
const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) })

beforeEach(async () => {
  logged = []
  collector = await aSpanCollector()
  return collector.stop
})

/** The spans that were made meanwhile, as they came to the collector. */
async function spansOf(work: () => Promise<unknown>, headers?: string) {
  const at = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: headers,
  }
  const tracing = await startTracing(at, 'projectflow-test', log)
  await work()
  await tracing.stop()
  return collector.spans
}

test('what is done reaches the collector when the process stops, under the name of the process', async () => {
  const work = async () => 'done'
  const spans = await spansOf(async () => {
    expect(await inSpan({ name: 'work', kind: INTERNAL, attributes: { count: 2 } }, work)).toBe(
      'done',
    )
  })
  expect(spans).toMatchObject([
    { service: 'projectflow-test', name: 'work', attributes: { count: 2 }, status: { code: 0 } },
  ])
  expect(logged).toEqual([])
})

test('what follows from one span is below it, and what follows from several is linked to each', async () => {
  const [a, b] = [traceparent('a'), traceparent('b')]
  const [below, linked, alone] = await spansOf(async () => {
    await inSpan({ name: 'below', kind: INTERNAL, causes: [a, a, 'nonsense'] }, nothing)
    await inSpan({ name: 'linked', kind: INTERNAL, causes: [a, b, a] }, nothing)
    await inSpan({ name: 'alone', kind: INTERNAL, causes: [traceparent('0')] }, nothing)
  })
  expect(below).toMatchObject({ traceId: 'a'.repeat(32), parentSpanId: 'a'.repeat(16) })
  expect(linked!.links).toMatchObject([
    { traceId: 'a'.repeat(32), spanId: 'a'.repeat(16) },
    { traceId: 'b'.repeat(32), spanId: 'b'.repeat(16) },
  ])
  expect([linked!.parentSpanId, alone!.parentSpanId]).toEqual([undefined, undefined])
})

test('a job is a span, and what it throws is named without its words', async () => {
  const job = { id: '7', name: 'notify', data: { text: 'planted' } }
  const fail = async () => await Promise.reject(new TypeError('planted'))
  const spans = await spansOf(async () => {
    await expect(inJobSpan('notifications', job, fail)).rejects.toThrow('planted')
  })
  expect(spans).toMatchObject([
    {
      name: 'process notifications',
      kind: 5,
      attributes: { 'messaging.message.id': '7', 'error.type': 'TypeError' },
      status: { code: 2 },
    },
  ])
  expect(collector.raw()).not.toContain('planted')
})

test('a collector that is away is one line in the log, and one more when it is back', async () => {
  const { provider } = openSpanSender(
    { endpoint: `${collector.url}/`, headers: '' },
    'projectflow-test',
    log,
  )
  const send = async (status: number) => {
    collector.answer.status = status
    provider.getTracer('test').startSpan('work').end()
    await provider.forceFlush().catch(() => {})
  }
  for (const status of [400, 400, 400, 200, 200]) await send(status)
  await provider.shutdown()

  expect(logged.map(({ level, msg }) => [level, msg])).toEqual([
    [40, 'spans are not taken; they are lost'],
    [30, 'spans are taken again'],
  ])
  expect(collector.spans).toHaveLength(2)
})

test('a collector that wants to know who sends is told in the headers that are set', async () => {
  const work = () => inSpan({ name: 'work', kind: INTERNAL }, nothing)
  await spansOf(work, 'api-key=k1=, authorization=Basic%20YTpi')
  expect(collector.headers()).toMatchObject({ 'api-key': 'k1=', authorization: 'Basic YTpi' })
})

test('a collector that does not answer keeps no process from stopping', async () => {
  collector.answer.status = 'none'
  await spansOf(() => inSpan({ name: 'work', kind: INTERNAL }, nothing))
  expect(logged.map(({ msg }) => msg)).toEqual(['the last spans were not sent'])
})

test('without a collector nothing of the SDK is loaded, and work is done as ever', () => {
  const script = `
    import { registerHooks } from 'node:module'
    const names = new Set()
    registerHooks({ resolve: (name, context, next) => (names.add(name), next(name, context)) })
    const { startTracing } = await import('./core/platform/tracing.ts')
    const { inSpan } = await import('./core/platform/span.ts')
    const tracing = await startTracing({}, 'projectflow-test')
    const done = await inSpan({ name: 'work', kind: 0 }, async () => 'done')
    await tracing.stop()
    console.log(done, [...names].filter((name) => name.startsWith('@opentelemetry')).join())`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('done @opentelemetry/api\n')
})
