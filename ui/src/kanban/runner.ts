import { newId, type Id } from '#core/kernel/ids.ts'
import { announce } from '../shell/announce.ts'
import { t } from '../shell/i18n/i18n.ts'
import { gestureWords } from '../shell/parts.ts'
import { offerUndo } from '../shell/saves.ts'
import { sayNotSaved } from '../shell/say-not-saved.ts'
import type { BoardState } from './board-state.ts'
import { type Conflict, conflictOf } from './conflict.ts'
import type { Change, Command, Intent, Sent } from './command.ts'
import { type About, makeCommand } from './make-command.ts'
import { type Step, UndoStack } from './undo-stack.ts'

export interface RunOptions extends Omit<About, 'gestureId'> {
  /** What was done, in words: heard by those who cannot see it. Made from the intents if absent. */
  readonly said?: string
  /** Shows the words too, with a button that takes it back. */
  readonly toast?: boolean
}

/** Does what people want on the board that is shown, and takes it back, gesture by gesture. */
export class Runner {
  readonly #state: BoardState
  readonly #add: (command: Command) => Promise<Sent>
  readonly #ask: (conflict: Conflict) => void
  readonly #steps = new UndoStack()

  /**
   * `add` puts a command on its way and settles when it was done or refused; `ask` shows a person
   * a change of somebody else's that theirs collided with.
   */
  constructor(
    state: BoardState,
    add: (command: Command) => Promise<Sent>,
    ask: (conflict: Conflict) => void,
  ) {
    this.#state = state
    this.#add = add
    this.#ask = ask
  }

  /** Does one or several things as one gesture; settles when the last is done or refused. */
  async run(intents: readonly Intent[], options: RunOptions = {}): Promise<Sent[]> {
    if (intents.length === 0 || !this.#state.board.value) return []
    const gestureId = newId()
    const before = new Map<Id, Change['before']>()
    const lanes = new Set<string>()
    const outcomes = intents.map(async (intent) => {
      const command = makeCommand(this.#state, intent, { ...options, gestureId })
      for (const id of command.cardIds) {
        if (!before.has(id)) before.set(id, this.#state.cards.get(id))
      }
      for (const lane of command.lanes) lanes.add(lane)
      return await this.#add(command)
    })
    const changes = [...before].map(([cardId, was]) => {
      return { cardId, before: was, after: this.#state.cards.get(cardId) }
    })
    this.#steps.push({ gestureId, changes, lanes: [...lanes] })
    this.#say(gestureId, intents, options)
    const sent = await Promise.all(outcomes)
    this.#refused(gestureId, intents, sent, options)
    return sent
  }

  undo(): void {
    const step = this.#steps.undo()
    if (step) this.#steps.wasUndone(this.#takeBack(step))
  }

  redo(): void {
    const step = this.#steps.redo()
    if (step) this.#steps.wasRedone(this.#takeBack(step))
  }

  /** Another board: what was done on the last one is not taken back from here. */
  clear(): void {
    this.#steps.clear()
  }

  #say(gestureId: Id, intents: readonly Intent[], { said, toast }: RunOptions): void {
    if (said === undefined) return void sayInWords(intents, this.#state)
    if (!toast) return announce(said)
    offerUndo(said, () => {
      const step = this.#steps.take(gestureId)
      if (step) this.#steps.wasUndone(this.#takeBack(step))
    })
  }

  /** What was refused is shown as before by now; a person decides whether it is tried once more. */
  #refused(gestureId: Id, intents: readonly Intent[], sent: Sent[], options: RunOptions): void {
    const refusals = sent.flatMap((one, index) =>
      one.kind === 'refused' ? [{ ...one, intent: intents[index]! }] : [],
    )
    if (refusals.length === sent.length) this.#steps.take(gestureId)
    if (options.quiet) return
    const told = refusals.filter(({ isListed }) => !isListed)
    const asked = told.map(({ intent, error }) => conflictOf(intent, error))
    for (const conflict of asked) if (conflict) this.#ask(conflict)
    const others = told.filter((_, index) => !asked[index])
    const [first] = others
    if (!first) return
    const boardId = this.#state.board.value?.id
    const retry = () => {
      if (this.#state.board.value?.id !== boardId) return
      const again = others.map(({ intent }) => intent)
      void this.run(again, { cardId: options.cardId })
    }
    sayNotSaved(first.error, { retry })
  }

  /** Takes a gesture back; answers the gesture that does it, for taking that back in turn. */
  #takeBack(step: Step): Step {
    const gestureId = newId()
    const command: Command = {
      key: newId(),
      boardId: this.#state.board.value!.id,
      gestureId,
      givenAt: new Date().toISOString(),
      title: step.changes[0]?.before?.title ?? step.changes[0]?.after?.title ?? '',
      intent: { type: 'undo', targetId: step.gestureId, body: { gestureId: step.gestureId } },
      lanes: step.lanes,
      cardIds: step.changes.map(({ cardId }) => cardId),
      reverts: step.changes,
      state: 'waiting',
    }
    void this.#add(command).then((sent) => {
      if (sent.kind !== 'refused') return
      this.#steps.take(gestureId)
      if (!sent.isListed) sayNotSaved(sent.error)
    })
    announce(t('board.takenBack'))
    const changes = step.changes.map(({ cardId, before, after }) => {
      return { cardId, before: after, after: before }
    })
    return { gestureId, changes, lanes: step.lanes }
  }
}

/** The words come when they are first needed; a page that has lost its network goes on without. */
async function sayInWords(intents: readonly Intent[], state: BoardState): Promise<void> {
  const words = await gestureWords.load().catch(() => undefined)
  const said = words?.wordsOf(intents, state)
  if (said !== undefined) announce(said)
}
