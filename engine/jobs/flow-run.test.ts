import { describe, expect, test } from 'vitest'
import type { Step } from '#core/contracts/flows/step.ts'
import { StepFailure } from '#engine/nodes/failures.ts'
import { aFlow, say, step } from '#tests/support/flows/a-flow.ts'
import { CARD, tryOut, type Happens, type TriedOut } from '#tests/support/flows/try-out.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ANN = '019000ce-0000-7000-8000-00000000000a'
const BOB = '019000ce-0000-7000-8000-00000000000b'
const COLUMN = '019000ce-0000-7000-8000-00000000000c'

const said = ({ acts }: TriedOut) => acts.map(({ with: { text } }) => text)
const keys = ({ acts }: TriedOut) => acts.map(({ key }) => key)
const no = (code: string) => {
  throw new StepFailure(code, 'No.')
}
/** Refuses the step of this id as often as it says. */
const refusing = (id: string, times = Infinity) => {
  let left = times
  return ({ stepId }: { stepId: string }) => {
    if (stepId === id && left-- > 0) no('card.archived')
  }
}
const asked = { output: { approvers: [ANN, BOB] } }
const approval = (more: Record<string, unknown> = {}) =>
  step('ask', 'approval', { to: ['role:admin'], question: 'Ship it?', timeout: 'P2D', ...more })
const vote = (userId: string, approved: boolean, afterMs: number): Happens => ({
  afterMs,
  does: (run) => run.waiting.vote({ step: 'ask', userId, approved, comment: '' }),
})

describe('steps', () => {
  test('are done in order, each under a key of its own, with templates filled in', async () => {
    const tried = await tryOut(aFlow([say('a', '{{ card.title | upper }}!'), say('b')]))
    expect(tried.end).toEqual({ status: 'done' })
    expect(said(tried)).toEqual(['FIX LOGIN!', 'b'])
    expect(keys(tried)).toEqual(['run-1/a', 'run-1/b'])
    expect(tried.acts[0]!.with).toMatchObject({ target: CARD.id })
  })

  test('read what earlier ones gave', async () => {
    const tried = await tryOut(
      aFlow([step('find', 'cards.find'), say('b', '{{ steps.find.count }} of {{ run.id }}')]),
      { act: ({ type }) => (type === 'cards.find' ? { output: { count: 3 } } : {}) },
    )
    expect(said(tried)[1]).toBe('3 of run-1')
  })

  test('a program is passed on as it is written', async () => {
    const code = 'return "{{ card.title }}"'
    const tried = await tryOut(aFlow([step('c', 'code.run', { code })]))
    expect(tried.acts[0]!.with).toMatchObject({ code })
  })

  test('a refusal fails the run, which says where', async () => {
    const tried = await tryOut(aFlow([say('a'), say('b')]), { act: refusing('a') })
    expect(tried.end).toEqual({
      status: 'failed',
      error: { code: 'card.archived', message: 'No.', step: 'a' },
    })
    expect(keys(tried)).toEqual(['run-1/a'])
  })

  test('a fault of ours fails the run and tells nothing of itself', async () => {
    const act = () => {
      throw new TypeError('secret')
    }
    const tried = await tryOut(aFlow([say('a')]), { act })
    expect(tried.end).toMatchObject({ error: { code: 'internal', step: 'a' } })
    expect(JSON.stringify(tried.end)).not.toContain('secret')
  })

  test('one that gives more than a run can remember fails', async () => {
    const act = () => ({ output: { text: 'x'.repeat(70_000) } })
    const tried = await tryOut(aFlow([say('a')]), { act })
    expect(tried.end).toMatchObject({ error: { code: 'flow.output_too_large' } })
  })
})

describe('branch', () => {
  const is = (value: number) => ({ field: 'card.points', op: 'is', value })
  const flow = (when: object) =>
    aFlow([
      step('b', 'branch', { cases: [{ id: 'yes', when }] }, { yes: [say('y')], else: [say('n')] }),
      say('after', '{{ steps.b.case }}'),
    ])

  test.each([
    ['a test', is(3), 'y'],
    ['a test that does not hold', is(4), 'n'],
    ['all', { all: [is(3), { not: is(4) }] }, 'y'],
    ['any', { any: [is(4), is(3)] }, 'y'],
    ['CEL', { cel: 'card.points + 1 > 3 && !("x" in card.labels)' }, 'y'],
  ])('goes by %s', async (_, when, way) => {
    const tried = await tryOut(flow(when))
    expect(said(tried)).toEqual([way, way === 'y' ? 'yes' : 'else'])
  })

  test('fails when its expression comes to nothing', async () => {
    const tried = await tryOut(flow({ cel: 'card.nothing.more == 1' }))
    expect(tried.end).toMatchObject({ error: { code: 'flow.expression_failed', step: 'b' } })
  })
})

describe('parallel', () => {
  const flow = aFlow([
    step(
      'p',
      'parallel',
      {},
      {
        one: [say('a'), step('w', 'wait', { for: 'PT1H' }), say('b')],
        two: [say('c'), say('d')],
      },
    ),
    say('after'),
  ])

  test('does its blocks side by side and waits for all', async () => {
    const tried = await tryOut(flow)
    expect(said(tried)).toEqual(['a', 'c', 'd', 'b', 'after'])
  })

  test('fails when one does, once the others are done', async () => {
    const tried = await tryOut(flow, { act: refusing('c') })
    expect(tried.end).toMatchObject({ status: 'failed', error: { step: 'c' } })
    expect(said(tried)).toEqual(['a', 'c', 'b'])
  })

  test('ends at once when one stops the run', async () => {
    const two = [say('c'), step('s', 'stop', { message: 'Enough of {{ card.title }}.' })]
    const tried = await tryOut(
      aFlow([
        step('p', 'parallel', {}, { one: flow.steps[0]!.blocks!['one']!, two }),
        say('after'),
      ]),
    )
    expect(tried.end).toEqual({ status: 'done', message: 'Enough of Fix login.' })
    expect(said(tried)).toEqual(['a', 'c'])
    expect(tried.tookMs).toBeLessThan(HOUR_MS)
  })
})

describe('for-each', () => {
  const each = (params: object, inner = [say('do', '{{ loop.index }}:{{ loop.item }}')]) =>
    aFlow([
      step('l', 'for-each', { items: ['a', 'b', 'c'], ...params }, { do: inner }),
      say('after', '{{ steps.l.count }}/{{ steps.l.failed }}'),
    ])

  test('does its block for each element, under keys of their own', async () => {
    const tried = await tryOut(each({}))
    expect(said(tried)).toEqual(['0:a', '1:b', '2:c', '3/0'])
    expect(keys(tried)[1]).toBe('run-1/l[1].do')
  })

  test('does several at once', async () => {
    const inner = [step('w', 'wait', { for: 'PT1H' }), say('do')]
    expect((await tryOut(each({ atOnce: 3 }, inner))).tookMs).toBeLessThan(2 * HOUR_MS)
    expect((await tryOut(each({ atOnce: 1 }, inner))).tookMs).toBeGreaterThan(3 * HOUR_MS)
  })

  test('fails with the first that fails, and begins no other', async () => {
    const tried = await tryOut(each({}), { act: refusing('do', 1) })
    expect(tried.end).toMatchObject({ status: 'failed', error: { step: 'do' } })
    expect(tried.acts).toHaveLength(1)
  })

  test('passes over failures when it is told to', async () => {
    const tried = await tryOut(each({ skipFailures: true }), { act: refusing('do', 1) })
    expect(said(tried).at(-1)).toBe('3/1')
  })

  test('refuses what is no list, and more than a thousand', async () => {
    const over = (count: number) => () => ({ output: { cardIds: Array.from({ length: count }) } })
    const flow = (items: string) =>
      aFlow([step('f', 'cards.find'), step('l', 'for-each', { items }, { do: [say('x')] })])
    const codeOf = async (items: string, count: number) =>
      (await tryOut(flow(items), { act: over(count) })).end
    expect(await codeOf('{{ card.title }}', 1)).toMatchObject({
      error: { code: 'flow.value_invalid' },
    })
    const many = await codeOf('{{ steps.f.cardIds }}', 1_001)
    expect(many).toMatchObject({ error: { code: 'flow.items_limit', step: 'l' } })
    // No step gives so much in the first place.
    const tooMany = await codeOf('{{ steps.f.cardIds }}', 100_000)
    expect(tooMany).toMatchObject({ error: { code: 'flow.output_too_large', step: 'f' } })
  })

  test('loops within loops that do nothing are ended', async () => {
    const items = Array.from({ length: 1_000 }, () => 1)
    const loop = (id: string, inner: Step) =>
      step(id, 'for-each', { items, skipFailures: true }, { do: [inner] })
    const set = step('v', 'set-variable', { name: 'v', value: 1 })
    const { end } = await tryOut(
      aFlow([loop('a', loop('b', loop('c', set)))], { variables: { v: 0 } }),
    )
    expect(end).toMatchObject({ status: 'failed', error: { code: 'flow.stopped' } })
  })

  test('a run changes five thousand cards and no more', async () => {
    const items = Array.from({ length: 1_000 }, (_, index) => index)
    const inner = 'abcdef'.split('').map((id) => say(id))
    const flow = aFlow([step('l', 'for-each', { items, atOnce: 10 }, { do: inner })])
    const tried = await tryOut(flow)
    expect(tried.end).toMatchObject({ error: { code: 'flow.cards_limit' } })
    expect(tried.acts).toHaveLength(5_000)
  })

  test('a step that would change more than are left is not begun, and what changes none goes on', async () => {
    const titles = Array.from({ length: 50 }, (_, at) => `Card ${at}`)
    const create = (id: string) => step(id, 'cards.create', { columnId: COLUMN, titles })
    const tell = step('tell', 'notify', { to: [ANN], text: '{{ error.message }}' })
    const flow = aFlow([say('many'), create('fits'), create('over')], { onFailure: [tell] })
    const before = 5_000 - 99
    const tried = await tryOut(flow, {
      act: ({ stepId }) => ({ cards: { many: before, fits: 50 }[stepId] ?? 0 }),
    })
    expect(keys(tried)).toEqual(['run-1/many', 'run-1/fits', 'run-1/tell'])
    expect(tried.acts.at(-1)!.with['text']).toContain('may make 50, and there is room for 49')
  })

  test('of a step that creates several and fails on the way all count', async () => {
    const titles = Array.from({ length: 50 }, (_, at) => `Card ${at}`)
    const create = step('make', 'cards.create', { columnId: COLUMN, titles })
    const tried = await tryOut(
      aFlow([step('t', 'try', {}, { do: [say('x'), create], catch: [say('y')] })]),
      { act: refusing('make') },
    )
    expect(tried.state.cards).toBe(52)
  })
})

describe('while', () => {
  const loop = (max: number, when: object) =>
    aFlow(
      [
        step(
          'w',
          'while',
          { when, max },
          {
            do: [
              say('x', '{{ vars.n }}'),
              step('set', 'set-variable', { name: 'n', cel: 'vars.n + 1' }),
            ],
          },
        ),
        say('after', '{{ steps.w.rounds }}'),
      ],
      { variables: { n: 0 } },
    )

  test('goes on as long as its condition holds', async () => {
    const tried = await tryOut(loop(10, { field: 'vars.n', op: '<', value: 3 }))
    expect(said(tried)).toEqual([0, 1, 2, 3])
  })

  test('fails when it has not come to an end after as many rounds as it may', async () => {
    const tried = await tryOut(loop(5, { cel: 'true' }))
    expect(tried.end).toMatchObject({ error: { code: 'flow.while_limit', step: 'w' } })
    expect(tried.acts).toHaveLength(5)
  })
})

describe('waiting', () => {
  test('takes as long as it says', async () => {
    const tried = await tryOut(aFlow([step('w', 'wait', { for: 'P1DT1H' })]))
    expect(tried.tookMs).toBe(DAY_MS + HOUR_MS)
  })

  test('until a day, and not at all when it is past', async () => {
    const until = async (at: string) =>
      (await tryOut(aFlow([step('w', 'wait-until', { at })]))).tookMs
    expect(await until('2026-01-07')).toBe(2 * DAY_MS - 9 * HOUR_MS)
    expect(await until('2026-01-05T10:00:00Z')).toBe(HOUR_MS)
    expect(await until('2020-01-01')).toBe(0)
  })

  test('for something to happen to the card', async () => {
    const event = { type: 'card.moved', cardId: CARD.id, to: 'done' }
    const when = { field: 'event.to', op: 'is', value: 'done' }
    const flow = aFlow([
      step('w', 'wait-for-event', { event: 'card.moved', when, timeout: 'P7D' }),
      say('after', '{{ steps.w.happened }} {{ steps.w.event.to }}'),
    ])
    const hear = (afterMs: number, more: object): Happens => ({
      afterMs,
      does: (run) => run.waiting.hear({ ...event, ...more }),
    })
    const others = [
      hear(1, { cardId: 'other' }),
      hear(2, { type: 'card.left' }),
      hear(3, { to: 'x' }),
    ]
    const heard = await tryOut(flow, { happens: [...others, hear(HOUR_MS, {})] })
    expect(said(heard)).toEqual(['true done'])
    expect(heard.tookMs).toBeLessThan(2 * HOUR_MS)
    expect(said(await tryOut(flow, { happens: others }))).toEqual(['false '])
  })

  test('a duration that the run makes out to be none fails', async () => {
    const tried = await tryOut(aFlow([step('w', 'wait', { for: '{{ card.title }}' })]))
    expect(tried.end).toMatchObject({ error: { code: 'flow.value_invalid' } })
  })
})

describe('approval', () => {
  const flow = (more: object = {}) =>
    aFlow([
      approval({ ...more }),
      say('after', '{{ steps.ask.approved }} {{ steps.ask.timedOut }}'),
    ])
  const act = ({ type }: { type: string }) => (type === 'approval.ask' ? asked : undefined)

  test.each([
    ['one yes', {}, [vote(ANN, true, HOUR_MS)], 'true false'],
    ['one no', { min: 2 }, [vote(ANN, false, HOUR_MS)], 'false false'],
    [
      'two yeses of two',
      { min: 2 },
      [vote(ANN, true, 1_000), vote(BOB, true, HOUR_MS)],
      'true false',
    ],
    ['one yes of two', { min: 2 }, [vote(ANN, true, HOUR_MS)], 'false true'],
    ['nobody', {}, [], 'false true'],
    ['nobody, which means yes', { onTimeout: 'approve' }, [], 'true true'],
  ])('answered by %s', async (_, more, happens, outcome) => {
    const tried = await tryOut(flow(more), { act, happens: happens })
    expect(said(tried).at(-1)).toBe(outcome)
  })

  test('fails when it is told to and nobody answers', async () => {
    const tried = await tryOut(flow({ onTimeout: 'fail' }), { act })
    expect(tried.end).toMatchObject({ error: { code: 'approval.timed_out', step: 'ask' } })
  })

  test('asks more people when nobody answers, under another key', async () => {
    const escalate = { after: 'PT4H', to: ['role:owner'] }
    const tried = await tryOut(flow({ escalate }), {
      act: ({ type, key }) => {
        if (type !== 'approval.ask') return undefined
        return { output: { approvers: key.endsWith('+2') ? [BOB] : [ANN] } }
      },
      happens: [vote(BOB, true, 5 * HOUR_MS)],
    })
    expect(keys(tried)).toEqual(['run-1/ask', 'run-1/ask+2', 'run-1/after'])
    expect(said(tried).at(-1)).toBe('true false')
  })

  test('takes no vote of a stranger, of whoever caused it, a second one, or one that is late', async () => {
    const codes: (string | undefined)[] = []
    const look = (userId: string, afterMs: number, key = 'ask'): Happens => ({
      afterMs,
      does: (run) => void codes.push(run.waiting.refusalOfVote({ step: key, userId })?.code),
    })
    const trigger = { type: 'card.moved', at: '', actorId: BOB }
    await tryOut(flow({ escalate: { after: 'P1D', to: ['role:owner'] }, min: 2 }), {
      act,
      input: { trigger },
      happens: [
        look('stranger', HOUR_MS),
        look(BOB, HOUR_MS),
        look(ANN, HOUR_MS, 'other'),
        look(ANN, HOUR_MS),
        vote(ANN, true, 2 * HOUR_MS),
        look(ANN, 3 * HOUR_MS),
        look(ANN, 3 * DAY_MS),
      ],
    })
    expect(codes).toEqual([
      'approval.not_yours',
      'approval.not_yours',
      'approval.not_found',
      undefined,
      'approval.answered',
    ])
  })

  test('fails at once when fewer can approve than have to', async () => {
    const tried = await tryOut(flow({ min: 3 }), { act })
    expect(tried.end).toMatchObject({ error: { code: 'approval.too_few' } })
  })
})

describe('try and retry', () => {
  test('what is caught is known to who catches it, and the run goes on', async () => {
    const flow = aFlow([
      step(
        't',
        'try',
        {},
        { do: [say('a'), say('b')], catch: [say('c', '{{ error.code }} {{ error.step }}')] },
      ),
      say('after', '{{ steps.t.failed }}'),
    ])
    expect(said(await tryOut(flow, { act: refusing('a') }))).toEqual(['a', 'card.archived a', true])
    expect(said(await tryOut(flow))).toEqual(['a', 'b', false])
  })

  test('a retry goes on from what failed, under another key, and does not do the rest twice', async () => {
    const flow = aFlow([
      step('r', 'retry', { times: 3, wait: 'PT1H' }, { do: [say('a'), say('b')] }),
      say('after', '{{ steps.r.tries }}'),
    ])
    const tried = await tryOut(flow, { act: refusing('b', 2) })
    expect(keys(tried)).toEqual(['run-1/a', 'run-1/b', 'run-1/b#2', 'run-1/b#3', 'run-1/after'])
    expect(said(tried).at(-1)).toBe(3)
    expect(tried.tookMs).toBeGreaterThan(3 * HOUR_MS)
    const never = await tryOut(flow, { act: refusing('b') })
    expect(never.end).toMatchObject({ status: 'failed', error: { step: 'b' } })
    expect(never.acts).toHaveLength(5)
  })
})

describe('taking back', () => {
  const undo = (id: string, text: string) => ({ undo: [say(id, text)] })
  const steps = [
    say('a', 'a', undo('ua', 'not {{ card.title }}')),
    say('b', 'b', undo('ub', 'not b')),
    step('w', 'wait', { for: 'PT1H' }),
    say('c'),
  ]
  const onFailure = [say('f', '{{ error.step }} failed')]

  test('after a failure, last one first, and then come the steps for that', async () => {
    const tried = await tryOut(aFlow(steps, { onFailure }), { act: refusing('c') })
    expect(tried.end).toMatchObject({ status: 'failed', error: { step: 'c' } })
    expect(said(tried)).toEqual(['a', 'b', 'c', 'not b', 'not Fix login', 'c failed'])
    expect(keys(tried)[3]).toBe('run-1/b/undo/ub')
  })

  test('after a cancellation, at once where it waits', async () => {
    const cancel: Happens = { afterMs: 1_000, does: (run) => run.cancel('Ann') }
    const tried = await tryOut(aFlow(steps, { onFailure }), { happens: [cancel] })
    expect(tried.end).toEqual({ status: 'cancelled', reason: 'Ann' })
    expect(said(tried)).toEqual(['a', 'b', 'not b', 'not Fix login'])
    expect(tried.tookMs).toBeLessThan(HOUR_MS)
  })

  test('with a program as it is written, whatever it was about', async () => {
    const code = 'return "{{ card.title }}"'
    const program = {
      undo: [step('ua', 'code.run', { code, input: { title: '{{ card.title }}' } })],
    }
    const tried = await tryOut(aFlow([say('a', 'a', program), say('b')]), { act: refusing('b') })
    expect(tried.acts.at(-1)!.with).toEqual({ code, input: { title: 'Fix login' } })
  })

  test('not when all is done, nor twice', async () => {
    expect(said(await tryOut(aFlow(steps)))).toEqual(['a', 'b', 'c'])
    const back = aFlow([...steps, step('back', 'compensate'), say('d', '{{ steps.back.count }}')])
    const tried = await tryOut(back, { act: refusing('d') })
    expect(said(tried)).toEqual(['a', 'b', 'c', 'not b', 'not Fix login', 2])
  })

  test('what cannot be taken back is told, and the rest is', async () => {
    const tried = await tryOut(aFlow(steps), {
      act: ({ stepId }) => (stepId === 'c' || stepId === 'ub' ? no('card.deleted') : undefined),
    })
    expect(tried.reports.slice(-2)).toMatchObject([
      { stepId: 'ub', status: 'failed', error: { code: 'card.deleted' } },
      { stepId: 'ua', status: 'taken back' },
    ])
  })
})

describe('a run', () => {
  test('ends where it is told to stop', async () => {
    const stop = step('s', 'stop', { as: 'failed', message: 'No.' })
    const tried = await tryOut(aFlow([step('t', 'try', {}, { do: [stop] }), say('a')]))
    expect(tried.end).toEqual({
      status: 'failed',
      error: { code: 'flow.stopped', message: 'No.', step: '' },
    })
    expect(tried.acts).toEqual([])
  })

  test('that takes longer than it may is cancelled', async () => {
    const flow = aFlow([step('w', 'wait', { for: 'P3D' }), say('a')], {
      limits: { runsFor: 'P1D' },
    })
    const tried = await tryOut(flow)
    expect(tried.end).toMatchObject({ status: 'cancelled' })
    expect(tried.tookMs).toBe(DAY_MS)
  })

  test('that ten flows led to does nothing', async () => {
    const chain = Array.from({ length: 10 }, (_, index) => `flow-${index}`)
    const tried = await tryOut(aFlow([say('a')]), { input: { chain } })
    expect(tried.end).toMatchObject({ error: { code: 'flow.chain_limit' } })
    expect(tried.acts).toEqual([])
  })
})
