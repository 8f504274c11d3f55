import { verify } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { useDatabase } from '#tests/support/use-database.ts'
import { seedDemo } from './seed.ts'

const database = useDatabase()

test('the demo is filled in once, in a few seconds, and as people will find it', async () => {
  const before = performance.now()
  expect(await seedDemo(database())).toBe(true)
  expect(performance.now() - before).toBeLessThan(6_000)
  expect(await seedDemo(database())).toBe(false)

  const { rows: boards } = await database().raw(
    `select b.name, b.event_seq, c.open_cards,
       (select count(*) from columns k where k.board_id = b.id) as columns,
       (select count(*) from cards a where a.board_id = b.id) as cards,
       (select last_card_number from projects p where p.id = b.project_id) as last
     from boards b join board_counters c on c.board_id = b.id order by c.open_cards`,
  )
  expect(boards).toEqual([
    { name: 'Tour', event_seq: 0, open_cards: 8, columns: 3, cards: 8, last: 8 },
    { name: 'Team', event_seq: 0, open_cards: 288, columns: 5, cards: 288, last: 288 },
    { name: 'Stress', event_seq: 0, open_cards: 5_000, columns: 40, cards: 5_000, last: 5_000 },
  ])
})

test('a demo whose workspace was renamed or deleted stays as it is, and starts again', async () => {
  const [workspace] = await database()('workspaces').select('id', 'name')
  const rename = async (name: string) =>
    await database()('workspaces').where({ id: workspace.id }).update({ name })
  await rename('Ours')
  expect(await seedDemo(database())).toBe(false)
  expect(await database()('workspaces')).toHaveLength(1)
  await rename(workspace.name)
})

test('all four can sign in, each in a role of their own', async () => {
  const people = await database()('users as u')
    .join('workspace_members as m', 'm.user_id', 'u.id')
    .orderBy('u.email')
    .select('u.email', 'u.name', 'u.password_hash', 'm.role')
  expect(people.map(({ email, name, role }) => [email, name, role])).toEqual([
    ['admin@example.com', 'Jon Mack', 'admin'],
    ['member@example.com', 'Mia Ferreira', 'member'],
    ['owner@example.com', 'Ann Oduya', 'owner'],
    ['viewer@example.com', 'Ravi Nair', 'viewer'],
  ])
  for (const { password_hash: hash } of people) {
    expect(await verify(hash, 'projectflow')).toBe(true)
  }
})

test('every text can be found, and what cards say of their parts is true', async () => {
  const { rows } = await database().raw(
    `select
       (select count(*) from search_entries where source = 'title') as titles,
       (select count(*) from search_entries where source = 'comment')
         - (select count(*) from comments) as comments,
       (select count(*) from cards c where comment_count !=
         (select count(*) from comments m where m.card_id = c.id)) as miscounted,
       (select count(*) from cards c where (checklist_done, checklist_total) !=
         (select count(*) filter (where done), count(*) from checklist_items i
          where i.card_id = c.id)) as mischecked,
       (select count(*) from comments where created_at > now()) as early`,
  )
  expect(rows).toEqual([{ titles: 5_296, comments: 0, miscounted: 0, mischecked: 0, early: 0 }])
})

test('the inbox is not empty', async () => {
  const [row] = await database()('notifications').count()
  expect(Number(row!['count'])).toBeGreaterThan(5)
})
