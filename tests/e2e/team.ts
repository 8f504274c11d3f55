import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'
import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import type { Role } from '#core/kernel/permissions.ts'
import { openDatabase } from '#core/platform/database.ts'
import { hashPassword } from '#activities/auth/password.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'

export const PASSWORD = 'correct horse battery'
const STATEMENT_LIMIT_MS = 5_000

export interface Team {
  readonly database: Knex
  readonly board: SomeBoard
  /** E-mail addresses of a member who works on the board, another one, a viewer and an owner. */
  readonly ann: string
  readonly bob: string
  readonly vic: string
  readonly oda: string
  readonly annId: string
  readonly odaId: string
  /** A card at the end of a column. */
  readonly card: (title: string, column?: string) => Promise<string>
  readonly label: (name: string) => Promise<string>
}

interface Fixtures {
  readonly team: Team
  /** The board in a browser of somebody else's. */
  readonly openElsewhere: (email: string) => Promise<Page>
  /** No page of any browser of the test does what its policy forbids. */
  readonly policyHeld: void
}

/** A workspace of the test's own with four people and a board of three columns. */
export const test = base.extend<Fixtures, { database: Knex; passwordHash: string }>({
  database: [
    async ({}, use) => {
      const database = openDatabase({
        url: process.env['E2E_DATABASE_URL']!,
        name: 'e2e',
        connectionsMax: 2,
        statementLimitMs: STATEMENT_LIMIT_MS,
      })
      await use(database)
      await database.destroy()
    },
    { scope: 'worker' },
  ],
  passwordHash: [async ({}, use) => await use(await hashPassword(PASSWORD)), { scope: 'worker' }],
  team: async ({ database, passwordHash }, use) => {
    const mark = newId().slice(-8)
    const board = await aBoard(database, { columns: ['To do', 'Doing', 'Done'] })
    const person = (name: string, role: Role) => ({
      email: `${name.toLowerCase()}-${mark}@example.com`,
      join: (email: string) => aMember(database, board, role, { name, email, passwordHash }),
    })
    const [ann, bob, vic, oda] = [
      person('Ann', 'member'),
      person('Bob', 'member'),
      person('Vic', 'viewer'),
      person('Oda', 'owner'),
    ]
    const annId = await ann.join(ann.email)
    for (const other of [bob, vic]) await other.join(other.email)
    const odaId = await oda.join(oda.email)
    await use({
      database,
      board,
      ann: ann.email,
      bob: bob.email,
      vic: vic.email,
      oda: oda.email,
      annId,
      odaId,
      card: (title, column = 'To do') => aCard(database, board, { title, column }),
      label: (name) => aLabel(database, board, name),
    })
  },
  policyHeld: [
    async ({ context }, use) => {
      const violations = await policyViolations(context)
      await use()
      expect(violations, 'what the content security policy forbade').toEqual([])
    },
    { auto: true },
  ],
  openElsewhere: async ({ browser, team, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    const violations: string[] = []
    await use(async (email) => {
      const options = {
        baseURL: baseURL!,
        locale: 'en-US',
        serviceWorkers: 'block',
      } as const
      const context = await browser.newContext(options)
      contexts.push(context)
      await policyViolations(context, violations)
      const page = await context.newPage()
      await openBoard(page, team, email)
      return page
    })
    for (const context of contexts) await context.close()
    expect(violations, 'what the content security policy forbade').toEqual([])
  },
})

/** Bull Board's page asks for letters from elsewhere, which are kept from it on purpose. */
const NOTE_VIOLATIONS = `addEventListener('securitypolicyviolation', (event) => {
  if (event.blockedURI.startsWith('https://fonts.googleapis.com/')) return
  noteViolation(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sourceFile)
})`

/** Notes in the list what the policy of any page of the browser forbids, from now on. */
async function policyViolations(
  context: BrowserContext,
  violations: string[] = [],
): Promise<string[]> {
  await context.exposeFunction('noteViolation', (what: string) => violations.push(what))
  await context.addInitScript({ content: NOTE_VIOLATIONS })
  return violations
}

async function aLabel(database: Knex, board: SomeBoard, name: string): Promise<string> {
  const id = newId()
  await database('labels').insert({
    id,
    workspace_id: board.workspaceId,
    project_id: board.projectId,
    name,
    colour: 'green',
  })
  return id
}

/** Fills in the page that asks who it is, and waits for the page that was asked for. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/login')
}

/** Signs in as a person does, then opens the board. */
export async function openBoard(page: Page, team: Team, email: string): Promise<void> {
  await page.goto('/login')
  await signIn(page, email)
  await page.goto(`/boards/${team.board.boardId}`)
  await expect(page.getByRole('heading', { name: 'To do' })).toBeVisible()
}

const column = (page: Page, name: string) => page.getByRole('list', { name, exact: true })

export const cardIn = (page: Page, columnName: string, title: string | RegExp) =>
  column(page, columnName).getByRole('listitem').filter({ hasText: title })

export { expect }
