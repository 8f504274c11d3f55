import { newId, type Id } from '#core/kernel/ids.ts'
import { backoffMs } from '../shell/backoff.ts'
import type { Command, Intent, Sent } from './command.ts'

/** As many as a browser sends to one origin at a time. */
const SENDING_MAX = 6
const AWAY_WAIT_MIN_MS = 400
const AWAY_WAIT_MAX_MS = 15_000

export interface QueuePorts {
  /** Never throws: a fault is an answer too. */
  send(command: Command): Promise<Sent>
  /** The command was added, sent, answered or dropped. */
  changed(command: Command): void
  /** The command was done or refused for good. */
  settled(command: Command, sent: Sent): void
}

/**
 * The commands on their way to the server, oldest first, of whatever board. A command is sent once
 * no earlier unanswered one shares a lane with it; while the server is away it is asked again with
 * the same key until it answers.
 */
export class CommandQueue {
  readonly #ports: QueuePorts
  #commands: Command[] = []
  #spentKeys = new Set<Id>()
  #sending = 0
  #wake = Promise.withResolvers<void>()
  away = false

  constructor(ports: QueuePorts) {
    this.#ports = ports
  }

  of(boardId: Id): Command[] {
    return this.#commands.filter((command) => command.boardId === boardId)
  }

  /** How many the server has not answered, and how many of them wait for a person. */
  counts(): { open: number; failed: number } {
    const open = this.#commands.filter(({ state }) => state !== 'answered')
    return { open: open.length, failed: open.filter(({ state }) => state === 'failed').length }
  }

  add(command: Command): void {
    this.#commands.push(command)
    this.#ports.changed(command)
    this.#pump()
  }

  /** Tries what failed again, and what is away at once. */
  retry(): void {
    for (const command of this.#commands) {
      if (command.state !== 'failed') continue
      if (this.#spentKeys.delete(command.key)) command.key = newId()
      command.state = 'waiting'
      this.#ports.changed(command)
    }
    this.wake()
    this.#pump()
  }

  /** Ends the pause of commands that wait for the server: it may be back. */
  wake(): void {
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
  }

  /** Forgets the answered commands whose events have arrived; they are in the server's state now. */
  caughtUp(boardId: Id, offset: number): void {
    const arrived = this.of(boardId).filter(
      ({ answer }) => answer !== undefined && (answer.offsets[boardId] ?? 0) <= offset,
    )
    for (const command of arrived) this.#drop(command)
  }

  #drop(command: Command): void {
    this.#commands = this.#commands.filter((other) => other !== command)
    this.#ports.changed(command)
  }

  #pump(): void {
    const busy = new Set<string>()
    for (const command of this.#commands) {
      if (command.state === 'answered') continue
      const free = !command.lanes.some((lane) => busy.has(lane))
      if (command.state === 'waiting' && free && this.#sending < SENDING_MAX) {
        void this.#send(command)
      }
      for (const lane of command.lanes) busy.add(lane)
    }
  }

  async #send(command: Command): Promise<void> {
    command.state = 'sending'
    this.#sending += 1
    this.#ports.changed(command)
    let sent = await this.#ports.send(command)
    for (let attempt = 0; sent.kind === 'away'; attempt += 1) {
      this.#setAway(true, command)
      const waitMs = backoffMs(attempt, AWAY_WAIT_MIN_MS, AWAY_WAIT_MAX_MS)
      await this.#pause(Math.max(sent.waitMs, waitMs))
      sent = await this.#ports.send(command)
    }
    this.#sending -= 1
    this.#setAway(false, command)
    this.#settle(command, sent)
    this.#pump()
  }

  #settle(command: Command, sent: Sent): void {
    if (sent.kind === 'done') {
      command.state = 'answered'
      command.answer = sent.answer
      this.#rebase(command)
      this.#ports.changed(command)
    } else if (sent.kind === 'failed') {
      command.state = 'failed'
      if (sent.keyIsSpent) this.#spentKeys.add(command.key)
      this.#ports.changed(command)
    } else {
      this.#drop(command)
    }
    this.#ports.settled(command, sent)
  }

  /** Our own earlier change is not a conflict: later edits of its fields start from its answer. */
  #rebase({ intent: done, answer }: Command): void {
    const card = answer?.card
    if (!card) return
    for (const { state, intent } of this.#commands) {
      if (state !== 'waiting' || intent.type !== 'card.edit' || intent.targetId !== card.id)
        continue
      if (!wrote(done, Object.keys(intent.body.changes))) continue
      intent.body.baseVersion = Math.max(intent.body.baseVersion, card.version)
    }
  }

  #setAway(away: boolean, command: Command): void {
    if (this.away === away) return
    this.away = away
    this.#ports.changed(command)
  }

  async #pause(waitMs: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const waited = new Promise((resolve) => {
      timer = setTimeout(resolve, waitMs)
    })
    await Promise.race([waited, this.#wake.promise])
    clearTimeout(timer)
  }
}

/** Of all other fields the answer may hold what somebody else wrote, and we have not seen. */
function wrote(done: Intent, fields: readonly string[]): boolean {
  if (done.type === 'card.create') return true
  return done.type === 'card.edit' && fields.every((field) => field in done.body.changes)
}
