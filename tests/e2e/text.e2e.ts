import type { Page, WebSocketRoute } from '@playwright/test'
import { EXE, PNG } from '#tests/support/files/samples.ts'
import { cardIn, expect, openBoard, test } from './team.ts'

const text = (page: Page) =>
  page.getByRole('complementary', { name: /^Card/ }).getByRole('textbox', { name: 'Description' })

async function openText(page: Page, title: string): Promise<void> {
  await cardIn(page, 'To do', title).click()
  await expect(text(page)).toBeVisible()
}

/** Waits until the browser has kept what was typed, which nobody is quick enough to close a tab before. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const found = (await indexedDB.databases()).filter(({ name }) => name.includes('.text.'))
    const done = (request, event) => new Promise((resolve) => (request[event] = resolve))
    for (const { name } of found) {
      const opening = indexedDB.open(name)
      await done(opening, 'onsuccess')
      // Comes after all that was asked of the store before.
      await done(opening.result.transaction('updates', 'readwrite'), 'oncomplete')
      opening.result.close()
    }
  })()`)
}

/** Pastes a file where the caret is. */
async function paste(page: Page, name: string, bytes: Buffer): Promise<void> {
  const pasted = `(() => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (letter) => letter.charCodeAt(0))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], '${name}', { type: 'image/png' }))
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement.dispatchEvent(event)
  })()`
  await page.evaluate(pasted)
}

test('two people write in one text at once, and each sees where the other writes', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Written together')
  await openBoard(page, team, team.ann)
  await openText(page, 'Written together')
  const other = await openElsewhere(team.bob)
  await openText(other, 'Written together')

  await text(page).click()
  await page.keyboard.type('Of Ann')
  await expect(text(other)).toHaveText('Of Ann')
  await text(other).click()
  await other.keyboard.press('Control+Home')
  await expect(text(page).locator('.caret')).toHaveAttribute('data-name', 'Bob')
  await Promise.all([page.keyboard.type(', and more'), other.keyboard.type('Bob first. ')])
  const both = 'Bob first. Of Ann, and more'
  await expect(text(other)).toContainText(both)
  await expect(page.getByText('All changes saved')).toBeVisible()

  await page.reload()
  await expect(text(page)).toContainText(both)
})

test('what is taken back is one’s own, and never what somebody else wrote', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Taken back')
  await openBoard(page, team, team.ann)
  await openText(page, 'Taken back')
  const other = await openElsewhere(team.bob)
  await openText(other, 'Taken back')
  await text(page).click()
  await page.keyboard.type('mine')
  await expect(text(other)).toHaveText('mine')
  await text(other).click()
  await other.keyboard.press('Control+End')
  await other.keyboard.type(' and yours')
  await expect(text(page)).toContainText('mine and yours')
  // Once for each letter, for who types slowly takes back less at once; there is no more of one's own.
  for (let letter = 0; letter < 4; letter += 1) await page.keyboard.press('Control+z')
  await expect(text(other)).toHaveText(' and yours')
})

test('a line becomes a heading, a list or a table as it is typed, chosen or clicked', async ({
  page,
  team,
}) => {
  await team.card('Well formed')
  await openBoard(page, team, team.ann)
  await openText(page, 'Well formed')
  await text(page).click()
  await page.keyboard.type('## Plan\n[ ] Write it\n\n')
  await page.keyboard.type('/tab')
  await page.keyboard.press('Enter')
  await page.keyboard.type('In a cell')
  await expect(text(page).getByRole('heading', { name: 'Plan', level: 2 })).toBeVisible()
  await expect(text(page).getByRole('cell').or(text(page).getByRole('columnheader'))).toHaveCount(9)
  await text(page).getByRole('checkbox').first().check()
  await text(page).getByRole('paragraph').filter({ hasText: 'Write it' }).click()
  await page.keyboard.press('Shift+Home')
  await page.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name: 'Bold' }).click()
  await expect(text(page).locator('strong')).toHaveText('Write it')
  await expect(page.getByText('All changes saved')).toBeVisible()

  await page.reload()
  await expect(text(page).getByRole('checkbox').first()).toBeChecked()
  await expect(text(page).getByRole('columnheader', { name: 'In a cell' })).toBeVisible()
})

test('people and cards are named after an @ and who is named is told, and pictures stand where they are pasted', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('Named elsewhere')
  await team.card('Names others')
  await openBoard(page, team, team.ann)
  await openText(page, 'Names others')
  await text(page).click()
  await page.keyboard.type('Ask @bo')
  await expect(page.getByRole('option', { name: 'Bob' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('about @named e')
  await page.keyboard.press('Enter')
  const mentions = text(page).locator('.mention')
  await expect(mentions).toHaveText(['@Bob', /^\w+-\d+$/])
  const other = await openElsewhere(team.bob)
  await other.getByRole('link', { name: 'Inbox' }).click()
  await expect(other.getByRole('link', { name: /You were mentioned/ })).toBeVisible()
  await text(page).click()
  await paste(page, 'plan.png', PNG)
  await expect(text(page).getByRole('img', { name: 'plan.png' })).toHaveJSProperty(
    'naturalWidth',
    1,
  )
  await paste(page, 'virus.png', EXE)
  await expect(page.getByText('The picture was not taken')).toBeVisible()
  await cardIn(other, 'To do', 'Names others').or(other.getByText('Names others')).first().click()
  await expect(text(other).getByRole('img', { name: 'plan.png' })).toBeVisible()
  await mentions.last().click()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Named elsewhere')
})

test('an earlier description is brought back, and its words are commented on until that is settled', async ({
  page,
  openElsewhere,
  team,
}) => {
  const cardId = await team.card('Looked back at')
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000)
  const ofCard = (table: string) => team.database(table).where({ card_id: cardId })
  await openBoard(page, team, team.ann)
  await openText(page, 'Looked back at')
  await text(page).click()
  await page.keyboard.type('## Plan\nAsk somebody who knows')
  await expect(page.getByText('All changes saved')).toBeVisible()
  // As if it had been written an hour ago: then it is kept.
  await ofCard('crdt_docs').update({ changed_at: ago(70) })
  await expect.poll(async () => (await ofCard('crdt_history')).length).toBe(1)
  await ofCard('crdt_history').update({ created_at: ago(3_600) })
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Never mind')
  await expect(page.getByText('All changes saved')).toBeVisible()

  await page.getByRole('button', { name: 'Actions for this card' }).click()
  await page.getByRole('menuitem', { name: 'Earlier descriptions' }).click()
  await expect(page.getByRole('button', { name: /Ann/ })).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('deletion').first()).toContainText('Never')
  await page.getByRole('button', { name: 'Name this version' }).click()
  await page.keyboard.type('As agreed')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /As agreed/ })).toBeVisible()
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(text(page).getByRole('heading', { name: 'Plan', level: 2 })).toBeVisible()
  await expect(text(page)).not.toContainText('Never mind')

  await text(page).getByText('Ask somebody').click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await page.getByRole('button', { name: 'Comment on this' }).click()
  await page.keyboard.type('Who is that?')
  await page.keyboard.press('Control+Enter')
  const other = await openElsewhere(team.bob)
  await openText(other, 'Looked back at')
  await expect(text(other).locator('.commented')).toHaveText('Ask somebody who knows')
  await text(page).getByText('Plan').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' of today')
  await expect(text(other)).toContainText('Plan of today')
  await expect(text(other).locator('.commented')).toHaveText('Ask somebody who knows')
  await other.getByRole('button', { name: 'Settle' }).click()
  await expect(text(page).locator('.commented')).toHaveCount(0)
  await expect(page.getByText('settled', { exact: true })).toBeVisible()
})

test('a viewer reads along and cannot write', async ({ page, openElsewhere, team }) => {
  await team.card('Only to read')
  await openBoard(page, team, team.ann)
  await openText(page, 'Only to read')
  const other = await openElsewhere(team.vic)
  await openText(other, 'Only to read')
  await text(page).click()
  await page.keyboard.type('For all to read')
  await expect(text(other)).toHaveText('For all to read')
  await expect(text(other)).toHaveAttribute('contenteditable', 'false')
})

test('what is written without a network is kept over a reload, and is there for others later', async ({
  page,
  context,
  openElsewhere,
  team,
}) => {
  await team.card('On a train')
  await openBoard(page, team, team.ann)
  await openText(page, 'On a train')
  await text(page).click()
  await page.keyboard.type('Before the tunnel.')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await context.setOffline(true)
  await page.keyboard.type(' In the tunnel.')
  const other = await openElsewhere(team.bob)
  await openText(other, 'On a train')
  await text(other).click()
  await other.keyboard.press('Control+Home')
  await other.keyboard.type('At home. ')
  await expect(other.getByText('All changes saved')).toBeVisible()
  await expect(text(page)).toHaveText('Before the tunnel. In the tunnel.')
  await context.setOffline(false)
  await expect(text(page)).toContainText('At home. Before the tunnel. In the tunnel.')
  await expect(text(other)).toContainText('At home. Before the tunnel. In the tunnel.')
})

test('what is written without a network goes out once it is back, though its card was closed meanwhile', async ({
  page,
  context,
  openElsewhere,
  team,
}) => {
  await team.card('Closed in the tunnel')
  await openBoard(page, team, team.ann)
  await openText(page, 'Closed in the tunnel')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await context.setOffline(true)
  await text(page).click()
  await page.keyboard.type('Written in the tunnel')
  await expect(page.getByText('kept here')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(text(page)).toBeHidden()
  await context.setOffline(false)
  await expect(page.getByText('All changes saved')).toBeVisible()
  const other = await openElsewhere(team.bob)
  await openText(other, 'Closed in the tunnel')
  await expect(text(other)).toHaveText('Written in the tunnel')
})

test('what a tab that is gone had not sent goes out from another, on whatever page that is', async ({
  page,
  context,
  openElsewhere,
  team,
}) => {
  await team.card('Left in the tunnel')
  await openBoard(page, team, team.ann)
  const left = await context.newPage()
  await left.goto(page.url())
  await openText(left, 'Left in the tunnel')
  await expect(left.getByText('All changes saved')).toBeVisible()
  await page.getByRole('link', { name: 'Inbox' }).click()
  await context.setOffline(true)
  await text(left).click()
  await left.keyboard.type('Written in the tunnel')
  await expect(page.getByText('Offline. 1 change is kept here')).toBeVisible()
  await untilKept(left)
  await left.close()
  await page.getByRole('button', { name: 'Look' }).first().click()
  const list = page.getByRole('dialog', { name: 'Offline. 1 change is kept here' })
  await expect(list).toContainText('Left in the tunnel')
  await expect(list.getByRole('region', { name: 'Description' })).toHaveText(
    'Written in the tunnel',
  )
  await context.setOffline(false)
  await expect(page.getByText('All changes saved')).toBeVisible()
  const other = await openElsewhere(team.bob)
  await openText(other, 'Left in the tunnel')
  await expect(text(other)).toHaveText('Written in the tunnel')
})

test('where the browser keeps nothing, it is said that what is written without a network ends with the window', async ({
  page,
  context,
  team,
}) => {
  await team.card('Only in this window')
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
  })
  await openBoard(page, team, team.ann)
  await openText(page, 'Only in this window')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await context.setOffline(true)
  await text(page).click()
  await page.keyboard.type('Kept nowhere')
  await expect(page.getByText('1 change only in this window')).toBeVisible()
  const asked = page.waitForEvent('dialog')
  const left = page.close({ runBeforeUnload: true })
  await (await asked).dismiss()
  await left
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(text(page)).toBeHidden()
  await context.setOffline(false)
  await expect(page.getByText('All changes saved')).toBeVisible()
  await openText(page, 'Only in this window')
  await expect(text(page)).toHaveText('Kept nowhere')
})

test('what was written without a network by who may not write any more is said not to be saved, and is there to be copied', async ({
  page,
  context,
  team,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await team.card('Lost in the tunnel')
  await openBoard(page, team, team.ann)
  await openText(page, 'Lost in the tunnel')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await context.setOffline(true)
  await text(page).click()
  await page.keyboard.type('Of no use')
  await expect(page.getByText('kept here')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  const ann = team.database('workspace_members').where({ user_id: team.annId })
  await ann.update({ role: 'viewer' })
  await context.setOffline(false)
  await expect(page.getByText('1 change not saved')).toBeVisible()
  await page.getByRole('button', { name: 'Look' }).first().click()
  const list = page.getByRole('dialog', { name: '1 change not saved' })
  await expect(list).toContainText('You may not write on this card any more')
  await expect(list.getByRole('region', { name: 'Description' })).toHaveText('Of no use')
  await list.getByRole('button', { name: 'Copy the text' }).click()
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('Of no use')
  await list.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  const leaving = page.getByRole('dialog', { name: 'Sign out? 1 change is not saved' })
  await expect(leaving.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await leaving.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
})

test('what is refused where the browser keeps nothing is there to be copied, and goes only when it is discarded', async ({
  page,
  context,
  team,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
  })
  const sockets: WebSocketRoute[] = []
  await page.routeWebSocket(/\/collab/, (socket) => {
    sockets.push(socket, socket.connectToServer())
  })
  await team.card('Kept by nobody')
  await openBoard(page, team, team.ann)
  await openText(page, 'Kept by nobody')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await context.setOffline(true)
  // Chromium would hold back what is said on them, and the server take it for a while.
  for (const socket of sockets) await socket.close()
  await text(page).click()
  await page.keyboard.type('Nowhere else')
  await expect(page.getByText('1 change only in this window')).toBeVisible()
  const ann = team.database('workspace_members').where({ user_id: team.annId })
  await ann.update({ role: 'viewer' })
  await context.setOffline(false)
  const panel = page.getByRole('complementary', { name: /^Card/ })
  await expect(panel.getByRole('alert')).toContainText('You may not write on this card any more')
  await panel.getByRole('button', { name: 'Copy the text' }).click()
  const copied = () => page.evaluate('navigator.clipboard.readText()')
  await expect.poll(copied).toBe('Nowhere else')

  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await cardIn(page, 'To do', 'Kept by nobody').click()
  await expect(text(page)).toHaveText('Nowhere else')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Look' }).first().click()
  const list = page.getByRole('dialog', { name: '1 change not saved' })
  await expect(list.getByRole('region', { name: 'Description' })).toHaveText('Nowhere else')
  await list.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await cardIn(page, 'To do', 'Kept by nobody').click()
  await expect(text(page)).toBeVisible()
  await expect(text(page)).toHaveText('')
})

test('who signs out leaves no text behind in the browser', async ({ page, team }) => {
  const kept = async () =>
    (await page.evaluate<{ name: string }[]>('indexedDB.databases()')).filter(({ name }) =>
      name.startsWith('projectflow.text.'),
    )
  await team.card('Left behind')
  await openBoard(page, team, team.ann)
  await openText(page, 'Left behind')
  await text(page).click()
  await page.keyboard.type('Nobody else’s business')
  await expect(page.getByText('All changes saved')).toBeVisible()
  await expect.poll(kept).toHaveLength(1)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await expect.poll(kept).toHaveLength(0)
})
