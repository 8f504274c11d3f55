import type { Id } from '#core/kernel/ids.ts'
import { within } from '#core/kernel/within.ts'
import type { Command, Kept } from '../kanban/command.ts'
import { later } from '../shell/later.ts'
import { holdTab, TAB, takeOverFrom } from './tab-lock.ts'

/** A storage that does not answer by then is none. */
const KEEP_LIMIT_MS = 2_000

const store = later(async () => await import('./command-store.ts'))

/**
 * Keeps commands in the browser's storage under the name of whoever gave them, so that they outlive
 * the page. What is changed at one moment is kept with one write.
 */
export class CommandKeeper {
  #userId: Id | undefined
  #taken: Promise<void> | undefined
  #changed = new Map<Command, ((kept: Kept) => void)[]>()
  readonly #adopt: (commands: Command[]) => void

  /** `adopt` is given what other pages have left, oldest first. */
  constructor(adopt: (commands: Command[]) => void) {
    this.#adopt = adopt
  }

  /** Keeps for this person from now on, and takes over what earlier pages of theirs have left. */
  async start(userId: Id): Promise<void> {
    holdTab()
    this.#userId = userId
    await this.takeOver()
  }

  /** Keeps nothing from now on, and forgets what was kept. */
  async clear(): Promise<void> {
    const userId = this.#userId
    this.#userId = undefined
    if (userId === undefined) return
    const { clearCommands } = await within(store.load(), KEEP_LIMIT_MS)
    await within(clearCommands(userId), KEEP_LIMIT_MS)
  }

  /** Looks for what tabs that are gone have left. */
  async takeOver(): Promise<void> {
    const userId = this.#userId
    if (userId === undefined) return
    this.#taken = this.#takeOver(userId).catch(() => {})
    await this.#taken
  }

  async #takeOver(userId: Id): Promise<void> {
    const { tabsWithCommands, takeCommands } = await within(store.load(), KEEP_LIMIT_MS)
    const tabs = await within(tabsWithCommands(userId), KEEP_LIMIT_MS)
    await takeOverFrom(tabs, async (tab) => {
      if (this.#userId === userId) this.#adopt(await takeCommands(userId, tab, TAB))
    })
  }

  /** Keeps the command as it now is. Never throws. */
  async keep(command: Command): Promise<Kept> {
    return await new Promise((resolve) => {
      if (this.#changed.size === 0) queueMicrotask(() => void this.#write())
      this.#changed.set(command, [...(this.#changed.get(command) ?? []), resolve])
    })
  }

  async #write(): Promise<void> {
    const changed = this.#changed
    this.#changed = new Map()
    // What an earlier page has left was given before.
    await this.#taken
    const kept = await this.#tryToKeep([...changed.keys()])
    for (const tell of [...changed.values()].flat()) tell(kept)
  }

  async #tryToKeep(commands: readonly Command[]): Promise<Kept> {
    const userId = this.#userId
    if (userId === undefined) return 'nowhere'
    try {
      const { keepCommands } = await within(store.load(), KEEP_LIMIT_MS)
      await within(keepCommands(userId, TAB, commands), KEEP_LIMIT_MS)
      return 'here'
    } catch (error) {
      return error instanceof Error && error.name === 'StoreFull' ? 'full' : 'nowhere'
    }
  }

  /** The command is answered, or given up. Never throws: one that is left is asked again, in vain. */
  forget(key: Id): void {
    if (this.#userId === undefined) return
    void store
      .load()
      .then(async ({ forgetCommands }) => await forgetCommands([key]))
      .catch(() => {})
  }
}
