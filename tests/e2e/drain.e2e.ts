import type { Page } from '@playwright/test'
import { type OwnServers, startOwnServers } from './own-servers.ts'
import { expect, openBoard, test as base } from './team.ts'

/** Long enough for the two to be sent away one after the other. */
const DRAIN_S = 1
/** Who was sent away is live again so long after the server is. */
const BACK_LIMIT_MS = 10_000
const SERVERS_LIMIT_MS = 60_000
/** People type no faster, and the servers need the machine, too. */
const KEY_PAUSE_MS = 30

const test = base.extend<{ servers: OwnServers }>({
  servers: [
    async ({}, use) => {
      const servers = await startOwnServers(DRAIN_S)
      await use(servers)
      await servers.stop()
    },
    // Two servers come up: that is no time of the test.
    { timeout: SERVERS_LIMIT_MS },
  ],
  baseURL: async ({ servers }, use) => await use(servers.url),
})

/** Notes with which codes the sockets of the page are closed. */
const NOTE_CODES = `const Real = WebSocket
  closeCodes = []
  WebSocket = class extends Real {
    constructor(...of) {
      super(...of)
      this.addEventListener('close', ({ code }) => closeCodes.push(code))
    }
  }`

const text = (page: Page) =>
  page.getByRole('complementary', { name: /^Card/ }).getByRole('textbox', { name: 'Description' })
const line = (page: Page, start: string) =>
  text(page).getByRole('paragraph').filter({ hasText: start })

/** Opens the card anew with an ear for how its sockets end. */
async function listen(page: Page, address: string): Promise<void> {
  await page.addInitScript({ content: NOTE_CODES })
  await page.goto(address)
  await expect(text(page)).toBeVisible()
}

/** Types word after word where the caret is, one more at least, until `end` is there; answers all of them. */
async function typeUntil(page: Page, words: string[], end: Promise<unknown>): Promise<void> {
  let isOver = false
  void end.finally(() => (isOver = true))
  do {
    const word = ` w${words.length}`
    words.push(word)
    await page.keyboard.type(word, { delay: KEY_PAUSE_MS })
  } while (!isOver)
}

test('people write on while collab stops and another one takes over, are told the truth, and nothing is lost or doubled', async ({
  page,
  openElsewhere,
  servers,
  team,
}) => {
  const cardId = await team.card('Written through a restart')
  const [other] = await Promise.all([openElsewhere(team.bob), openBoard(page, team, team.ann)])
  const address = `/boards/${team.board.boardId}?card=${cardId}`
  await Promise.all([page, other].map((each) => listen(each, address)))
  await text(page).click()
  await page.keyboard.type('Ann:\nBob:')
  await line(other, 'Bob:').click()
  await other.keyboard.press('End')
  await line(page, 'Ann:').click()
  await page.keyboard.press('End')

  const [anns, bobs]: [string[], string[]] = [['Ann:'], ['Bob:']]
  const both = (end: Promise<unknown>) =>
    Promise.all([typeUntil(page, anns, end), typeUntil(other, bobs, end)])
  await both(servers.stopCollab())
  for (const each of [page, other]) {
    await expect(each.getByText('Saving 1 change …')).toBeVisible()
    await expect(text(each)).toBeEditable()
  }
  await both(servers.startCollab())

  for (const each of [page, other]) {
    await expect(each.getByText('All changes saved')).toBeVisible({ timeout: BACK_LIMIT_MS })
    expect((await each.evaluate<number[]>('closeCodes'))[0]).toBe(1012)
  }
  const lines = [anns.join(''), bobs.join('')]
  for (const each of [page, other]) {
    await expect(text(each).getByRole('paragraph')).toHaveText(lines)
  }
  const card = () => team.database('cards').where({ id: cardId }).first('description')
  await expect.poll(async () => (await card()).description).toBe(lines.join('\n'))
})
