import { newId, type Id } from '#core/kernel/ids.ts'
import { AwayPause } from './away-pause.ts'
import type { Command, Fault, Intent, Kept, Sent } from './command.ts'
import { isOverwritten, rebase } from './own-edits.ts'
import { type Counts, countsOf } from './queue-counts.ts'
import { toSendNow } from './send-order.ts'

const FULL: Fault = { code: 'outbox.full', message: 'The browser keeps no more changes.' }

export interface QueuePorts {
  /** Never throws: a fault is an answer too. */
  send(command: Command): Promise<Sent>
  /** Puts the command, as it now is, where it outlives the page. Never throws. */
  keep(command: Command): Promise<Kept>
  /** Takes out what was kept under the key. */
  forget(key: Id): void
  /** The command was added, kept, sent, answered or dropped. */
  changed(command: Command): void
  /** The command was done or refused for good. */
  settled(command: Command, sent: Sent): void
}

/**
 * The commands on their way to the server, oldest first, of whatever board. A command is kept, then
 * sent once no earlier unanswered one shares a lane with it. While the server is away one at a time
 * is tried, always with its key; what was late then goes out board by board in the order in which it
 * was given, for nobody looks any more at what became of one before giving the next.
 */
export class CommandQueue {
  readonly #ports: QueuePorts
  #commands: Command[] = []
  /** Settles when all that was added so far is kept, or cannot be. */
  kept: Promise<unknown> = Promise.resolve()
  readonly #pause = new AwayPause(() => this.wake())

  constructor(ports: QueuePorts) {
    this.#ports = ports
  }

  /** The server, or the network, did not answer the last time. */
  get away(): boolean {
    return this.#pause.isAway
  }

  /** The board's commands that are painted. */
  of(boardId: Id): Command[] {
    return this.#commands.filter(
      (command) => command.boardId === boardId && command.state !== 'refused',
    )
  }

  counts(): Counts {
    return countsOf(this.#commands)
  }

  /** All that the server has not taken, in the order it was given. */
  unanswered(): Command[] {
    return this.#commands.filter(({ state }) => state !== 'answered')
  }

  add(command: Command): void {
    command.state = 'keeping'
    command.isLate = this.away
    this.#commands.push(command)
    this.#ports.changed(command)
    this.kept = Promise.all([this.kept, this.#keepFirst(command)])
  }

  async #keepFirst(command: Command): Promise<void> {
    const kept = await this.#ports.keep(command)
    command.isKept = kept === 'here'
    if (kept === 'full') {
      this.#drop(command)
      this.#ports.settled(command, { kind: 'refused', error: FULL })
      return
    }
    command.state = 'waiting'
    this.#ports.changed(command)
    this.#pump()
  }

  /** Goes on with what an earlier page has left: it was given before all that is here. */
  adopt(left: readonly Command[]): void {
    for (const command of left) {
      command.isKept = command.isLate = true
      // Whoever asked is gone, and says nothing any more.
      command.quiet = false
      command.attempts = 0
      // Where only a person can help, they still can; all else may go by itself now.
      const stays =
        command.state === 'refused' || (command.state === 'failed' && command.keyIsSpent)
      if (!stays) command.state = 'waiting'
    }
    this.#commands.unshift(...left)
    for (const command of left) this.#ports.changed(command)
    this.#pump()
  }

  /** Keeps what ends with the page so far, where that can be done now. */
  keepAll(): void {
    for (const command of this.#commands) {
      if (command.isKept === false && command.state !== 'answered') this.#keepAgain(command)
    }
  }

  /** What is here ends with the page from now on. */
  keptNoMore(): void {
    for (const command of this.#commands) {
      command.isKept = false
      this.#ports.changed(command)
    }
  }

  /** Tries what failed again, and what is away at once. */
  retry(): void {
    for (const command of this.#commands) if (command.state === 'failed') this.#again(command)
    this.wake()
  }

  /** Asks anew for what was refused, maybe as something else. */
  askAnew(key: Id, intent?: Intent): void {
    const command = this.#told(key)
    if (!command) return
    command.keyIsSpent ||= command.state === 'refused'
    command.intent = intent ?? command.intent
    this.#again(command)
    this.wake()
  }

  /** A person has seen what was refused or failed, and wants it no more; answers what it was. */
  giveUp(key: Id): Command | undefined {
    const command = this.#told(key)
    if (!command) return undefined
    this.#drop(command)
    this.#ports.forget(key)
    this.#pump()
    return command
  }

  #told(key: Id): Command | undefined {
    return this.#commands.find(
      (command) =>
        command.key === key && (command.state === 'refused' || command.state === 'failed'),
    )
  }

  #again(command: Command): void {
    const { key, keyIsSpent } = command
    if (keyIsSpent) command.key = newId()
    delete command.fault
    command.keyIsSpent = false
    command.state = 'waiting'
    this.#keepAgain(command, keyIsSpent ? key : undefined)
    this.#ports.changed(command)
  }

  /** Keeps the command as it now is, in the place of what was kept under another key. */
  #keepAgain(command: Command, before?: Id): void {
    void this.#ports.keep(command).then((kept) => {
      command.isKept = kept === 'here'
      if (before !== undefined) this.#ports.forget(before)
      const isOver = !this.#commands.includes(command) || command.state === 'answered'
      if (isOver) this.#ports.forget(command.key)
      this.#ports.changed(command)
    })
  }

  /** Ends the pause while the server is away: it may be back. */
  wake(): void {
    this.#pause.end()
    this.#pump()
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
    if (this.#pause.isOn) return
    for (const command of toSendNow(this.#commands, this.away)) void this.#send(command)
  }

  async #send(command: Command): Promise<void> {
    command.state = 'sending'
    this.#ports.changed(command)
    const sent = await this.#ports.send(command)
    if (sent.kind === 'away') this.#isAway(command, sent.waitMs)
    else {
      this.#pause.answered()
      this.#settle(command, sent)
    }
    this.#pump()
  }

  #isAway(command: Command, waitMs: number): void {
    command.state = 'waiting'
    command.isLate = true
    command.attempts = (command.attempts ?? 0) + 1
    this.#pause.begin(waitMs)
    this.#ports.changed(command)
  }

  #settle(command: Command, sent: Exclude<Sent, { kind: 'away' }>): void {
    if (sent.kind === 'done') {
      command.state = 'answered'
      command.answer = sent.answer
      this.#ports.forget(command.key)
      for (const edit of rebase(command, this.#commands)) this.#keepAgain(edit)
      this.#ports.changed(command)
    } else if (sent.kind === 'failed') {
      command.state = 'failed'
      command.fault = sent.error
      command.keyIsSpent = sent.keyIsSpent
      this.#keepAgain(command)
      this.#ports.changed(command)
    } else if (this.#isListed(command, sent.error)) {
      command.state = 'refused'
      command.fault = sent.error
      this.#keepAgain(command)
      this.#ports.changed(command)
      return this.#ports.settled(command, { ...sent, isListed: true })
    } else {
      this.#drop(command)
      this.#ports.forget(command.key)
    }
    this.#ports.settled(command, sent)
  }

  /** What came late is listed, for nobody looks any more; but not what a later edit says anew. */
  #isListed(command: Command, fault: Fault): boolean {
    if (!command.isLate || command.quiet) return false
    return !isOverwritten(command, fault, this.#commands)
  }
}
