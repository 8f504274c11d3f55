import type { Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { aKey } from '#tests/support/a-key.ts'
import { aWorkspace, type SomeWorkspace } from '#tests/support/fixtures.ts'
import { seeded } from '#tests/support/seeded.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { exportCheckpoint } from './export-checkpoint.ts'
import { postgresSink } from './sinks/postgres-sink.ts'
import { sealWhenOver } from '#tests/support/audit/seal-when-over.ts'
import { someLines } from '#tests/support/audit/some-lines.ts'
import { verifyAudit } from './verify.ts'

const database = useDatabase()
const keyring = readKeyring(aKey())
const SEALS = 6
const LINES_PER_SEAL = 7
const MUTATIONS = 40

let workspace: SomeWorkspace
let ids: string[]

beforeAll(async () => {
  workspace = await aWorkspace(database())
  for (let seals = 0; seals < SEALS; seals += 1) {
    await someLines(database(), workspace, LINES_PER_SEAL)
    await sealWhenOver(database('worker'), keyring)
  }
  ids = await database()('audit_log').orderBy('id').pluck('id')
})

const sink = () => postgresSink(database('worker'))
const findings = async () => (await verifyAudit(database('worker'), sink(), keyring)).findings

/** What somebody with all rights might do, with how it is found: by the id of a line, or by the seal. */
const MUTATIONS_OF: Readonly<
  Record<string, (trx: Knex, ids: [string, string]) => Promise<readonly (string | RegExp)[]>>
> = {
  async change(trx, [id]) {
    await trx('audit_log')
      .where({ id })
      .update({ after: { title: 'Never happened' } })
    return [`Line ${id} of seal`]
  },
  async 'change of the actor'(trx, [id]) {
    await trx('audit_log').where({ id }).update({ actor_id: newId() })
    return [`Line ${id} of seal`]
  },
  async deletion(trx, [id]) {
    await trx('audit_log').where({ id }).delete()
    return [`Line ${id} of seal`]
  },
  async 'deletion with its leaf'(trx, [id]) {
    await trx('audit_leaves').where({ line_id: id }).delete()
    await trx('audit_log').where({ id }).delete()
    return [/holds other lines than were sealed/]
  },
  async swap(trx, [one, other]) {
    const [a, b] = [await contentOf(trx, one), await contentOf(trx, other)]
    await trx('audit_log').where({ id: one }).update(b)
    await trx('audit_log').where({ id: other }).update(a)
    return [`Line ${one} of seal`, `Line ${other} of seal`]
  },
  async insertion(trx, [id]) {
    const leaf = await trx('audit_leaves').where({ line_id: id }).first()
    const line = await trx('audit_log').where({ id }).first()
    const forged = newId()
    await trx('audit_log').insert({ ...line, id: forged })
    await trx('audit_leaves').insert({ ...leaf, place: 1_000, line_id: forged })
    return [`Line ${forged} of seal`, /holds other lines than were sealed/]
  },
}

const contentOf = async (trx: Knex, id: string) =>
  await trx('audit_log').where({ id }).first('target_id', 'request_id', 'before', 'after')

test('what is as it was sealed has no findings', async () => {
  expect(await verifyAudit(database('worker'), sink(), keyring)).toEqual({
    seals: SEALS,
    lines: SEALS * LINES_PER_SEAL,
    unsealed: 0,
    findings: [],
  })
})

test(`ASVS line 47: whatever is done to sealed lines is found and named (${MUTATIONS} times)`, async () => {
  const random = seeded(11)
  const pick = <Item>(of: readonly Item[]) => of[Math.floor(random() * of.length)]!
  for (let times = 0; times < MUTATIONS; times += 1) {
    const name = pick(Object.keys(MUTATIONS_OF))
    const one = pick(ids)
    const other = pick(ids.filter((id) => id !== one))
    const expected = await asSuperuser((trx) => MUTATIONS_OF[name]!(trx, [one, other]))
    const found = await findings()
    for (const each of expected) {
      const isNamed = found.some((line) =>
        typeof each === 'string' ? line.includes(each) : each.test(line),
      )
      expect(isNamed, `${name}: ${String(each)} in ${found.join(' ')}`).toBe(true)
    }
    await takeBack()
    expect(await findings()).toEqual([])
  }
})

test('an older state is told by the checkpoint outside', async () => {
  const outside = sink()
  await keep()
  await someLines(database(), workspace, 2)
  await sealWhenOver(database('worker'), keyring)
  await exportCheckpoint(database('worker'), outside, 0)
  expect(await findings()).toEqual([])
  await takeBack()
  expect(await findings()).toEqual([
    `The database ends with seal ${SEALS}, and seal ${SEALS + 1} was given out: it is an older state.`,
  ])
  await database()('audit_checkpoints').delete()
})

test('a seal that somebody signed with a key of their own is found', async () => {
  await keep()
  await someLines(database(), workspace, 1)
  await sealWhenOver(database('worker'), readKeyring(aKey()))
  expect(await findings()).toEqual([`Seal ${SEALS + 1} was changed, or signed with another key.`])
  await takeBack()
})

const TABLES = ['audit_log', 'audit_leaves', 'audit_seals']

async function keep(): Promise<void> {
  for (const table of TABLES) {
    await database().raw(`create table if not exists kept_${table} as table ${table}`)
  }
}

/** Does it past every trigger, and keeps what was there to be put back. */
async function asSuperuser<Result>(work: (trx: Knex) => Promise<Result>): Promise<Result> {
  await keep()
  return await database().transaction(async (trx) => {
    await trx.raw('set local session_replication_role = replica')
    return await work(trx)
  })
}

async function takeBack(): Promise<void> {
  await database().transaction(async (trx) => {
    await trx.raw('set local session_replication_role = replica')
    for (const table of TABLES) {
      await trx.raw(`delete from ${table}`)
      await trx.raw(`insert into ${table} table kept_${table}`)
    }
  })
}
