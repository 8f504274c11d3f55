import { durationMs } from '#core/flows/duration.ts'
import { deadlineOf } from './deadline-of.ts'
import { StepFailure } from './failures.ts'
import type { Behaviour, Here, NodeTools } from './node.ts'

/** What somebody has answered. */
interface Vote {
  readonly userId: string
  readonly approved: boolean
  readonly comment: string
}

/** What an approval remembers; times in milliseconds of the epoch. */
export interface Asked {
  approvers: string[]
  votes: Vote[]
  deadlineMs: number
  /** When more people are asked; null when nobody is, or they have been. */
  escalateMs: number | null
}

/**
 * Asks, and waits for votes. One no decides, and so many yeses as are asked for. When the time to
 * escalate comes first, more people are asked, and the waiting goes on to the same deadline.
 */
export const approval: Behaviour = async (here, run) => {
  const asked = await askedOf(here, run)
  const decided = () => isDecided(here, asked)
  if (asked.escalateMs !== null && !(await run.expect(here, asked.escalateMs, decided))) {
    const { to } = here.step.with['escalate'] as { to: string[] }
    asked.approvers.push(...(await ask(here, run, to, 0)))
    asked.escalateMs = null
  }
  const inTime = await run.expect(here, asked.deadlineMs, decided)
  return inTime ? verdict(asked.votes) : late(here, asked)
}

/** Whether the votes so far have decided it. */
export function isDecided({ step }: Here, { votes }: Asked): boolean {
  const yes = votes.filter(({ approved }) => approved).length
  return yes < votes.length || yes >= (step.with['min'] as number)
}

async function askedOf(here: Here, run: NodeTools): Promise<Asked> {
  const known = here.local['asked'] as Asked | undefined
  if (known) return known
  const deadlineMs = deadlineOf(here, run)
  const { to, min, escalate } = here.step.with as {
    to: string[]
    min: number
    escalate?: { after: string }
  }
  // Where more are asked later, it can begin with nobody.
  const approvers = await ask(here, run, to, escalate ? 0 : min)
  if (approvers.length < min && !escalate) {
    const message = `${min} have to approve, and only ${approvers.length} can: ask more people.`
    throw new StepFailure('approval.too_few', message)
  }
  const afterMs = escalate ? durationMs(escalate.after) : null
  const escalateMs = afterMs === null ? null : Math.min(run.now() + afterMs, deadlineMs)
  const asked: Asked = { approvers, votes: [], deadlineMs, escalateMs }
  here.local['asked'] = asked
  return asked
}

/** Tells people that they are asked, if `least` of them can approve; answers who can. */
async function ask(
  here: Here,
  run: NodeTools,
  to: readonly string[],
  least: number,
): Promise<string[]> {
  const { question, allowSelf, timeout } = here.step.with
  const who = { to, least, except: allowSelf ? null : run.causedBy }
  const params = { ...who, question: run.fill(question, here), timeout, approval: here.key }
  const { approvers } = await run.act(here, 'approval.ask', params)
  const known = (here.local['asked'] as Asked | undefined)?.approvers ?? []
  return (approvers as string[]).filter(
    (userId) => !known.includes(userId) && (allowSelf || userId !== run.causedBy),
  )
}

function verdict(votes: readonly Vote[]) {
  return {
    approved: votes.every(({ approved }) => approved),
    by: votes.map(({ userId }) => userId),
    comment: votes.at(-1)?.comment ?? '',
    timedOut: false,
  }
}

function late({ step, local }: Here, { votes }: Asked) {
  if (step.with['onTimeout'] === 'fail') {
    // Tried again, they are asked again.
    delete local['asked']
    throw new StepFailure(
      'approval.timed_out',
      'Nobody has answered in time: ask more people, or give them longer.',
    )
  }
  return { ...verdict(votes), approved: step.with['onTimeout'] === 'approve', timedOut: true }
}
