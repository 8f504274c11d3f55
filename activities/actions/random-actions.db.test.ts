import { expect, test } from 'vitest'
import type { Command } from '#core/contracts/command.ts'
import { useActions } from '#tests/support/actions.ts'
import { aViewer } from '#tests/support/board-viewer.ts'
import { aBoard, aMember, aProject } from '#tests/support/fixtures.ts'
import { dice, learn, randomWish, type World } from '#tests/support/random-actions.ts'
import { seeded } from '#tests/support/seeded.ts'

const { database, together, command } = useActions()

const COMMANDS = 300
const BATCH_MAX = 6
const LOOKS_EVERY = 40

/** Two boards of one project and one of another, and three people who may do everything. */
async function aWorld() {
  const first = await aBoard(database())
  const second = await aBoard(database(), { name: 'Second', within: first })
  const { workspaceId, ownerId } = first
  const projectId = await aProject(database(), first, { name: 'Payments', key: 'PAY' })
  const within = { workspaceId, ownerId, projectId }
  const third = await aBoard(database(), { name: 'Third', within })
  const boards = [first, second, third]
  const actors = [
    ownerId,
    await aMember(database(), first, 'admin'),
    await aMember(database(), first, 'admin'),
  ]
  const boardOf = new Map(
    boards.flatMap(({ boardId, columns }) =>
      Object.values(columns).map((columnId) => [columnId, boardId] as const),
    ),
  )
  const world: World = {
    actors,
    projects: [first.projectId, projectId],
    boards: boards.map(({ boardId }) => boardId),
    columns: [...boardOf.keys()],
    boardOf,
    labels: [],
    cards: [],
    comments: [],
    items: [],
    done: new Map(),
  }
  const viewers = []
  for (const id of world.boards) viewers.push(await aViewer(database(), ownerId, id))
  return { world, viewers }
}

/** What somebody asks for next; what they cannot see by now they do not ask for. */
async function next(world: World, actorId: string, roll: ReturnType<typeof dice>) {
  const [type, targetId, body] = randomWish(world, roll, actorId)
  return await command(actorId, type, targetId, body)
}

async function play(world: World, commands: readonly Command[]): Promise<void> {
  const outcomes = await together(commands)
  outcomes.forEach((outcome, index) => {
    expect(outcome).not.toMatchObject({ code: 'internal' })
    learn(world, commands[index]!.actorId, outcome)
  })
}

test.each([1, 2, 3])(
  'whatever three people do, a board is what its events tell (seed %i)',
  { timeout: 120_000 },
  async (seed) => {
    const { world, viewers } = await aWorld()
    const roll = dice(seeded(seed))
    for (let done = 0, looks = 0; done < COMMANDS;) {
      const batch: Command[] = []
      for (let size = 1 + roll.number(BATCH_MAX); size > 0; size -= 1) {
        batch.push(await next(world, roll.pick(world.actors)!, roll))
      }
      await play(world, batch)
      done += batch.length
      for (const viewer of viewers) await viewer.follow()
      if (done < looks) continue
      looks += LOOKS_EVERY
      for (const viewer of viewers) await viewer.seesTheTruth()
    }
    for (const viewer of viewers) await viewer.seesTheTruth()
    await expectOrder()
  },
)

test(
  'three people at once leave every board as its events tell',
  { timeout: 120_000 },
  async () => {
    const { world, viewers } = await aWorld()
    const busy = world.actors.map(async (actorId, index) => {
      const roll = dice(seeded(100 + index))
      for (let done = 0; done < COMMANDS / 3;) {
        const batch: Command[] = []
        for (let size = 1 + roll.number(BATCH_MAX); size > 0; size -= 1) {
          batch.push(await next(world, actorId, roll))
        }
        await play(world, batch)
        done += batch.length
      }
    })
    await Promise.all(busy)
    for (const viewer of viewers) await viewer.seesTheTruth()
    await expectOrder()
  },
)

/** What must hold of the rows, whatever was done to them. */
async function expectOrder(): Promise<void> {
  const wrong = async (sql: string) => (await database().raw<{ rows: unknown[] }>(sql)).rows
  expect(await wrong(GAPS), 'gaps between events').toEqual([])
  expect(await wrong(SHARED_PLACES), 'cards or items at one place').toEqual([])
  expect(await wrong(ASTRAY), 'cards not where their column is').toEqual([])
  expect(await wrong(BAD_RANKS), 'ranks that leave no room').toEqual([])
  expect(await wrong(MISCOUNTED), 'counts on cards that are not true').toEqual([])
  expect(await wrong(FOREIGN_LABELS), 'labels of another project').toEqual([])
}

const GAPS = `
  select b.id, b.event_seq, count(e.seq) from boards b
  left join board_events e on e.board_id = b.id
  group by b.id
  having count(e.seq) <> b.event_seq or coalesce(max(e.seq), 0) <> b.event_seq`
const SHARED_PLACES = `
  select column_id, rank from cards where archived_at is null and deleted_at is null
  group by column_id, rank having count(*) > 1
  union all
  select card_id, rank from checklist_items where deleted_at is null
  group by card_id, rank having count(*) > 1`
const ASTRAY = `
  select c.id from cards c join columns k on k.id = c.column_id join boards b on b.id = k.board_id
  where c.board_id <> b.id or c.project_id <> b.project_id`
const BAD_RANKS = `
  select id from cards where rank !~ '^[0-9A-Za-z]*[1-9A-Za-z]$'
  union all
  select id from columns where rank !~ '^[0-9A-Za-z]*[1-9A-Za-z]$'
  union all
  select id from checklist_items where rank !~ '^[0-9A-Za-z]*[1-9A-Za-z]$'`
const MISCOUNTED = `
  select c.id from cards c where (c.comment_count, c.attachment_count, c.checklist_total, c.checklist_done) <> (
    (select count(*) from comments x where x.card_id = c.id and x.deleted_at is null),
    (select count(*) from attachments x where x.card_id = c.id and x.deleted_at is null),
    (select count(*) from checklist_items x where x.card_id = c.id and x.deleted_at is null),
    (select count(*) from checklist_items x
      where x.card_id = c.id and x.deleted_at is null and x.done))`
const FOREIGN_LABELS = `
  select c.id from cards c join card_labels x on x.card_id = c.id
  join labels l on l.id = x.label_id where l.project_id <> c.project_id`
