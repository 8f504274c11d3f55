import type { Id } from '#core/kernel/ids.ts'
import type { Command } from '../kanban/command.ts'
import { type CommandRow, database } from './database.ts'

/** What waits for the network in one browser, for one person. */
export const COMMANDS_KEPT_MAX = 1_000
export const COMMANDS_KEPT_BYTES_MAX = 10 * 1024 * 1024

/** The storage holds as many commands as it may. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull'
}

const { commands } = database

/**
 * Keeps commands as they now are, for the tab that sends them; throws StoreFull and keeps none of
 * them when they are too many.
 */
export async function keepCommands(
  userId: Id,
  tab: Id,
  changed: readonly Command[],
): Promise<void> {
  await database.transaction('rw', commands, async () => {
    const known = await commands
      .where('key')
      .anyOf(changed.map(({ key }) => key))
      .toArray()
    const seqs = new Map(known.map(({ key, seq }) => [key, seq]))
    const rows = changed.map((command) => {
      const json = JSON.stringify(command)
      return { key: command.key, userId, tab, bytes: json.length, json }
    })
    const fresh = rows.filter(({ key }) => !seqs.has(key))
    if (fresh.length > 0) await refuseTooMuch(userId, fresh)
    await commands.bulkAdd(fresh)
    await commands.bulkPut(
      rows.flatMap((row) => (seqs.has(row.key) ? { ...row, seq: seqs.get(row.key)! } : [])),
    )
  })
}

async function refuseTooMuch(userId: Id, fresh: readonly { bytes: number }[]): Promise<void> {
  const range = commands.where('[userId+bytes]').between([userId, 0], [userId, Infinity])
  const sizes = (await range.keys()) as unknown as [Id, number][]
  const bytes = [...sizes.map(([, size]) => size), ...fresh.map((row) => row.bytes)]
  const tooMany = bytes.length > COMMANDS_KEPT_MAX
  if (tooMany || bytes.reduce((sum, size) => sum + size, 0) > COMMANDS_KEPT_BYTES_MAX) {
    throw new StoreFull()
  }
}

export async function forgetCommands(keys: readonly Id[]): Promise<void> {
  await commands.where('key').anyOf(keys).delete()
}

/** The tabs that were to send what is kept of this person. */
export async function tabsWithCommands(userId: Id): Promise<Id[]> {
  const keys = (await ofTabs(userId).uniqueKeys()) as unknown as [Id, Id][]
  return keys.map(([, tab]) => tab)
}

/** Makes what another tab was to send this one's; answers it, oldest first. */
export async function takeCommands(userId: Id, from: Id, tab: Id): Promise<Command[]> {
  return await database.transaction('rw', commands, async () => {
    const left = commands.where('[userId+tab]').equals([userId, from])
    const rows: CommandRow[] = await left.sortBy('seq')
    await commands.bulkPut(rows.map((row) => ({ ...row, tab })))
    return rows.map(({ json }) => JSON.parse(json) as Command)
  })
}

/** Forgets all that this person gave. */
export async function clearCommands(userId: Id): Promise<void> {
  await ofTabs(userId).delete()
}

const ofTabs = (userId: Id) =>
  commands.where('[userId+tab]').between([userId, ''], [userId, '\uffff'])
