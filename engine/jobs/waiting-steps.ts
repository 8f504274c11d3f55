import type { Condition } from '#core/contracts/flows/condition.ts'
import type { Called, Decision, Output, RunInput, RunState } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { isDecided, type Asked } from '../nodes/approval.ts'
import type { Here } from '../nodes/node.ts'
import type { RunScope } from './run-scope.ts'

type Refused = { code: string; message: string }

/** The steps of a run that wait for something from outside, and what comes for them. */
export class WaitingSteps {
  readonly #input: RunInput
  readonly #state: RunState
  readonly #scope: RunScope
  readonly #now: () => number
  readonly #waiting = new Map<string, Here>()

  constructor(input: RunInput, state: RunState, scope: RunScope, now: () => number) {
    this.#input = input
    this.#state = state
    this.#scope = scope
    this.#now = now
  }

  add(here: Here): void {
    this.#waiting.set(here.key, here)
  }

  remove({ key }: Here): void {
    this.#waiting.delete(key)
  }

  has(key: string): boolean {
    return this.#waiting.has(key)
  }

  /** What is waited for, step by step. */
  list(): { key: string; step: Step; asked: Asked | undefined; calledId: string | null }[] {
    return Array.from(this.#waiting.values(), (here) => ({
      key: here.key,
      step: here.step,
      asked: askedAt(here),
      calledId: (here.local['runId'] as string | undefined) ?? null,
    }))
  }

  /** Why a vote cannot be taken; null when it can. */
  refusalOfVote({ step, userId }: Pick<Decision, 'step' | 'userId'>): Refused | null {
    const here = this.#waiting.get(step)
    const asked = here && askedAt(here)
    if (!here || !asked) {
      return { code: 'approval.not_found', message: 'Nothing waits for this answer any more.' }
    }
    if (!asked.approvers.includes(userId)) {
      return { code: 'approval.not_yours', message: 'You are not among those who are asked.' }
    }
    const isLate = isDecided(here, asked) || this.#now() >= asked.deadlineMs
    if (!isLate && asked.votes.every((vote) => vote.userId !== userId)) return null
    return { code: 'approval.answered', message: 'This has been answered already.' }
  }

  /** Takes a vote that `refusalOfVote` does not refuse. */
  vote({ step, ...vote }: Decision): void {
    askedAt(this.#waiting.get(step)!)!.votes.push(vote)
  }

  /** Tells every step that waits for it what has happened. */
  hear(event: Output): void {
    if (!this.#isNews(event)) return
    for (const here of this.#waiting.values()) {
      const { step, local } = here
      if (step.type !== 'wait-for-event' || local['event'] !== undefined) continue
      if (step.with['event'] !== event['type']) continue
      if (this.#input.card && event['cardId'] !== this.#input.card['id']) continue
      const when = step.with['when'] as Condition | undefined
      if (!when || this.#holdsOrNot(when, here, { event })) local['event'] = event
    }
  }

  /** Takes in how a run that this one has called has ended. */
  hearEnd(called: Called): void {
    const known = (this.#state.called ??= {})
    known[called.runId] = called
  }

  #isNews({ boardId, number }: Output): boolean {
    if (typeof boardId !== 'string' || typeof number !== 'number') return true
    const heard = (this.#state.heard ??= {})
    if (number <= (heard[boardId] ?? 0)) return false
    heard[boardId] = number
    return true
  }

  #holdsOrNot(condition: Condition, { frame }: Here, more: Output): boolean {
    try {
      return this.#scope.holds(condition, frame, more)
    } catch {
      return false
    }
  }
}

const askedAt = ({ local }: Here) => local['asked'] as Asked | undefined
