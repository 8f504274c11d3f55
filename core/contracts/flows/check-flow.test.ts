import { describe, expect, test } from 'vitest'
import { draft, say, step } from '#tests/support/flows/a-flow.ts'
import { callProblems, checkFlow, callsOf } from './check-flow.ts'
import type { Flow } from './flow.ts'
import { nodes } from './nodes/index.ts'
import type { Problem } from './problem.ts'
import type { Step } from './step.ts'

const ID = '019000ce-0000-7000-8000-00000000000a'
const OTHER = '019000ce-0000-7000-8000-00000000000b'

function problemsOf(value: unknown): readonly Problem[] {
  const checked = checkFlow(value)
  return 'problems' in checked ? checked.problems : []
}

/** The code and place of the only problem of these steps. */
function onlyProblem(steps: readonly Step[], more: Record<string, unknown> = {}): [string, string] {
  const problems = problemsOf(draft(steps, more))
  expect(problems).toHaveLength(1)
  expect(problems[0]!.message).toMatch(/^[«A-Z].*\.$/)
  return [problems[0]!.code, problems[0]!.path]
}

const nested = (depth: number): Step =>
  depth === 1 ? say('leaf') : step(`t${depth}`, 'try', {}, { do: [nested(depth - 1)] })

test('a flow is taken with what it leaves out filled in', () => {
  const checked = checkFlow(draft([step('a', 'for-each', { items: [1] }, { do: [say('b')] })]))
  expect(checked).toMatchObject({
    flow: {
      limits: { runsFor: 'P30D', runsPerHour: 200 },
      trigger: { with: {}, byFlows: false },
      steps: [
        {
          with: { items: [1], atOnce: 1, skipFailures: false },
          blocks: { do: [{ with: { text: 'b', target: '{{ card.id }}' } }] },
        },
      ],
    },
  })
})

test('every node has a title, and a schema that can be drawn as a form', () => {
  for (const node of Object.values(nodes)) {
    expect(node.title).not.toBe('')
    expect(Object.keys(node.params.shape)).toBeInstanceOf(Array)
  }
  expect(Object.keys(nodes).length).toBeGreaterThan(40)
})

describe('is refused', () => {
  test('what is no flow, with the place', () => {
    expect(problemsOf(null)[0]).toMatchObject({ code: 'flow.invalid', path: '' })
    expect(problemsOf({ ...draft([say('a')]), more: 1 })[0]).toMatchObject({ code: 'flow.invalid' })
    expect(problemsOf(draft([{ ...say('a'), id: 'A b' }]))[0]).toMatchObject({
      code: 'flow.invalid',
      path: 'steps/0/id',
    })
  })

  test('ten megabytes, and brackets as deep as there is room for', () => {
    const large = draft([say('a', 'x'.repeat(10_000_000))])
    expect(problemsOf(large)).toMatchObject([{ code: 'flow.too_large' }])
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown
    expect(problemsOf(deep)).toMatchObject([{ code: 'flow.too_deep' }])
  })

  test('more than 65 steps, counted with those in blocks', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => say(`s${at}`))
    const around = (count: number) => [step('p', 'parallel', {}, { one: many(count) })]
    expect(problemsOf(draft(around(64)))).toEqual([])
    expect(onlyProblem(around(65))[0]).toBe('flow.too_many_steps')
  })

  test('blocks more than eight deep', () => {
    expect(problemsOf(draft([nested(8)]))).toEqual([])
    const path = `steps/0${'/blocks/do/0'.repeat(8)}`
    expect(onlyProblem([nested(9)])).toEqual(['flow.too_deep', path])
  })

  test.each<[string, Step[], string, string]>([
    ['a node nobody knows', [step('a', 'rm')], 'flow.node_unknown', 'steps/0'],
    ['a node named like a method', [step('a', 'toString')], 'flow.node_unknown', 'steps/0'],
    ['two steps of one id', [say('a'), say('a')], 'flow.step_twice', 'steps/1'],
    [
      'a parameter there is not',
      [step('a', 'wait', { for: 'PT1H', more: 1 })],
      'flow.step_invalid',
      'steps/0/with',
    ],
    [
      'a parameter of another type',
      [step('a', 'wait', { for: 'soon' })],
      'flow.step_invalid',
      'steps/0/with/for',
    ],
    [
      'a while without a maximum',
      [step('a', 'while', { when: { cel: 'true' } }, { do: [say('b')] })],
      'flow.step_invalid',
      'steps/0/with/max',
    ],
    [
      'a while with a maximum over a hundred',
      [step('a', 'while', { when: { cel: 'true' }, max: 101 }, { do: [say('b')] })],
      'flow.step_invalid',
      'steps/0/with/max',
    ],
    [
      'a for-each over more than a thousand',
      [
        step(
          'a',
          'for-each',
          { items: Array.from({ length: 1_001 }, () => 1) },
          { do: [say('b')] },
        ),
      ],
      'flow.step_invalid',
      'steps/0/with/items',
    ],
    ['a block that is missing', [step('a', 'try')], 'flow.step_invalid', 'steps/0'],
    [
      'a block there is not',
      [step('a', 'wait', { for: 'PT1H' }, { do: [say('b')] })],
      'flow.step_invalid',
      'steps/0',
    ],
    [
      'taking back what is only read',
      [step('a', 'cards.find', {}, { undo: [say('b')] })],
      'flow.step_invalid',
      'steps/0',
    ],
    [
      'waiting while taking back',
      [say('a', 'a', { undo: [step('b', 'wait', { for: 'PT1H' })] })],
      'flow.step_invalid',
      'steps/0/blocks/undo/0',
    ],
    [
      'a template without an end',
      [say('a', '{{ card.title')],
      'flow.expression_invalid',
      'steps/0/with/text',
    ],
    [
      'a filter there is not',
      [say('a', '{{ card.title | eval }}')],
      'flow.expression_invalid',
      'steps/0/with/text',
    ],
  ])('%s', (_, steps, code, path) => {
    expect(onlyProblem(steps)).toEqual([code, path])
  })

  test.each([
    ['a loop in a loop', 'card.labels.all(x, card.labels.all(y, x == y))'],
    ['one loop after the other', 'card.labels.map(x, x + x).map(x, x + x).size() > 0'],
    ['a regular expression', 'card.title.matches("(a+)+$")'],
    ['a value that doubles itself', 'cel.bind(x, card.title + card.title, x + x) == ""'],
    ['more than can be read at a glance', `${'card.points > 1 && '.repeat(25)}true`],
    ['what nests too deep', `${'('.repeat(60)}true${')'.repeat(60)}`],
    ['what is no expression', 'while (true) {}'],
    ['reaching outside', 'process.exit(1) == null'],
    ['reaching inside', 'constructor.constructor("x") == null'],
  ])('an expression with %s', (_, cel) => {
    const cases = { cases: [{ id: 'yes', when: { cel } }] }
    const [problem] = problemsOf(draft([step('a', 'branch', cases, { yes: [say('b')] })]))
    expect(['flow.expression_invalid', 'flow.path_unknown', 'flow.step_invalid']).toContain(
      problem?.code,
    )
  })

  test('holes where nothing is filled in, as whom to ask, and events nobody tells of', () => {
    const to = ['{{ card.title }}']
    const ask = step('a', 'approval', { to, question: 'Done?', timeout: 'P2D' })
    expect(onlyProblem([ask])[0]).toBe('flow.step_invalid')
    const secretHeaders = { 'x-key': '{{ card.title }}' }
    const send = step('u', 'http.request', { url: 'https://a.example', secretHeaders })
    expect(onlyProblem([say('a', 'x', { undo: [send] })])[0]).toBe('flow.step_invalid')
    const wait = step('w', 'wait-for-event', { event: 'card.sold', timeout: 'P1D' })
    expect(onlyProblem([wait])[0]).toBe('flow.step_invalid')
  })

  test('a wait for what happens to a card, where runs have none', () => {
    const wait = step('w', 'wait-for-event', { event: 'card.moved', timeout: 'P1D' })
    const of = (type: string) => problemsOf(draft([wait], { trigger: { type } }))
    const problem = { code: 'flow.no_card', path: 'steps/0/with/event', stepId: 'w' }
    for (const type of ['webhook', 'column.created', 'flow.finished']) {
      expect(of(type)).toMatchObject([problem])
    }
    for (const type of ['card.created', 'card.overdue', 'called']) expect(of(type)).toEqual([])
  })

  test('a trigger nobody knows, and one that is told nonsense', () => {
    const of = (trigger: object) => onlyProblem([say('a')], { trigger })
    expect(of({ type: 'card.sold' })[0]).toBe('flow.trigger_unknown')
    const at = (cron: string, timeZone: string) =>
      problemsOf(
        draft([step('a', 'notify', { to: [ID], text: 'x' })], {
          trigger: { type: 'schedule', with: { cron, timeZone } },
        }),
      )
    for (const cron of ['61 9 * * *', '30-10 9 * * *']) {
      const problem = { code: 'flow.invalid', path: 'trigger/with/cron' }
      expect(at(cron, 'Europe/Vienna')).toMatchObject([problem])
    }
    expect(at('0 9 * * 1-5', 'Mars/Olympus')).toMatchObject([{ path: 'trigger/with/timeZone' }])
  })
})

describe('a path', () => {
  const inBranch = (text: string) => [
    say('first'),
    step(
      'b',
      'branch',
      { cases: [{ id: 'yes', when: { field: 'steps.first.comment', op: 'is set' } }] },
      { yes: [say('inner'), say('x', text)] },
    ),
    say('last'),
  ]

  test.each([
    ['{{ steps.first.comment }}'],
    ['{{ steps.inner.comment }}'],
    ['{{ card.anything.at.all }} {{ trigger.from }} {{ now }} {{ run.id }} {{ flow.name }}'],
    ['{{ vars.n }}'],
  ])('is taken: %s', (text) => {
    expect(problemsOf(draft(inBranch(text), { variables: { n: 1 } }))).toEqual([])
  })

  test.each([
    ['of a step that comes later', '{{ steps.last.comment }}'],
    ['of the step it is in', '{{ steps.b.case }}'],
    ['of itself', '{{ steps.x.comment }}'],
    ['of no step', '{{ steps.nobody.comment }}'],
    ['of all steps', '{{ steps | json }}'],
    ['of an output there is not', '{{ steps.first.colour }}'],
    ['of a variable there is not', '{{ vars.m }}'],
    ['of a loop it is not in', '{{ loop.item }}'],
    ['of an error there is not', '{{ error.code }}'],
    ['of what the trigger does not give', '{{ trigger.body }}'],
    ['of nothing that is known', '{{ secrets.key }}'],
  ])('is refused: %s', (_, text) => {
    expect(onlyProblem(inBranch(text), { variables: { n: 1 } })).toEqual([
      'flow.path_unknown',
      'steps/1/blocks/yes/1/with/text',
    ])
  })

  test('of a step that another way may pass by is refused', () => {
    const steps = [...inBranch('x').slice(0, 2), say('after', '{{ steps.inner.comment }}')]
    expect(onlyProblem(steps)[0]).toBe('flow.path_unknown')
  })

  test('of a card is refused where there is none', () => {
    const trigger = { type: 'webhook' }
    const steps = [step('a', 'notify', { to: [ID], text: '{{ card.title }}' })]
    expect(onlyProblem(steps, { trigger })[0]).toBe('flow.path_unknown')
  })

  test('of an unknown variable is refused where it would be set', () => {
    expect(onlyProblem([step('a', 'set-variable', { name: 'n', value: 1 })])).toEqual([
      'flow.path_unknown',
      'steps/0/with/name',
    ])
  })

  test('of a failure is known to who catches it, and after the run has failed', () => {
    const caught = [step('t', 'try', {}, { do: [say('a')], catch: [say('c', '{{ error.code }}')] })]
    const onFailure = [say('f', '{{ error.message }}')]
    expect(problemsOf(draft(caught, { onFailure }))).toEqual([])
  })
})

describe('calls', () => {
  const call = (flowId: string) => step('c', 'flow.call', { flowId })
  const flow = (steps: readonly Step[]) => (checkFlow(draft(steps)) as { flow: Flow }).flow

  test('of itself are refused, through others too', () => {
    const own = flow([step('t', 'try', {}, { do: [call(OTHER)] })])
    expect(callsOf(own)).toEqual([OTHER])
    expect(callProblems(ID, own, new Map())).toEqual([])
    expect(callProblems(ID, own, new Map([[OTHER, [ID]]]))).toMatchObject([
      { code: 'flow.calls_itself', path: 'steps/0/blocks/do/0', stepId: 'c' },
    ])
    expect(callProblems(OTHER, own, new Map())).toHaveLength(1)
  })

  test('of flows that call flows end after ten', () => {
    const chain = (length: number) =>
      new Map(Array.from({ length }, (_, at) => [at === 0 ? OTHER : `f${at}`, [`f${at + 1}`]]))
    const own = flow([call(OTHER)])
    expect(callProblems(ID, own, chain(9))).toEqual([])
    expect(callProblems(ID, own, chain(10))).toHaveLength(1)
  })
})
