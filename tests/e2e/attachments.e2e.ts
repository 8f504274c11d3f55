import type { Page } from '@playwright/test'
import { EXE, PNG } from '#tests/support/files/samples.ts'
import { cardIn, expect, openBoard, test } from './team.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: /^Card CHK-/ })
const attached = (page: Page, name: string) =>
  panel(page).getByRole('button', { name, exact: true })
const A_PICTURE = { name: 'plan.png', mimeType: 'image/png', buffer: PNG }

async function openCard(page: Page, title: string): Promise<void> {
  await cardIn(page, 'To do', title).click()
  await expect(panel(page).getByRole('heading', { name: 'History' })).toBeVisible()
}

async function attach(page: Page, file: typeof A_PICTURE): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await panel(page).getByRole('button', { name: 'Attach a file' }).click()
  await (await choosing).setFiles(file)
}

test('a picture is attached, seen by others at once, removed and brought back', async ({
  page,
  openElsewhere,
  team,
}) => {
  await team.card('With a plan')
  await openBoard(page, team, team.ann)
  await openCard(page, 'With a plan')
  const other = await openElsewhere(team.vic)
  await openCard(other, 'With a plan')

  await attach(page, A_PICTURE)
  for (const each of [page, other]) {
    await expect(attached(each, 'plan.png')).toBeVisible()
    await expect(panel(each).locator('img')).toHaveJSProperty('naturalWidth', 1)
    await expect(
      cardIn(each, 'To do', 'With a plan').getByRole('img', { name: 'Files' }),
    ).toBeVisible()
  }
  await expect(panel(other).getByRole('button', { name: 'Attach a file' })).toBeHidden()
  const saving = other.waitForEvent('download')
  await attached(other, 'plan.png').click()
  expect((await saving).suggestedFilename()).toBe('plan.png')

  await panel(page).getByRole('button', { name: 'Actions for plan.png' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  for (const each of [page, other]) await expect(attached(each, 'plan.png')).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  for (const each of [page, other]) await expect(attached(each, 'plan.png')).toBeVisible()
})

test('a program that calls itself a picture is refused with words, and so is what is too large', async ({
  page,
  team,
}) => {
  await team.card('Beware')
  await openBoard(page, team, team.ann)
  await openCard(page, 'Beware')
  await attach(page, { ...A_PICTURE, buffer: EXE })
  await expect(panel(page).getByText('is not what its name says')).toBeVisible()
  await panel(page).getByRole('button', { name: 'Dismiss' }).click()
  await attach(page, { ...A_PICTURE, buffer: Buffer.alloc(10 * 1024 * 1024 + 1) })
  await expect(panel(page).getByText('larger than 10 MB')).toBeVisible()
  await panel(page).getByRole('button', { name: 'Dismiss' }).click()
  await attach(page, { ...A_PICTURE, name: 'page.html' })
  await expect(panel(page).getByText('Files of this type are not taken')).toBeVisible()
  await expect(cardIn(page, 'To do', 'Beware').getByRole('img', { name: 'Files' })).toBeHidden()
})

/** What a drop or a paste of the picture holds. */
const holding = (name: string) => `(() => {
  const transfer = new DataTransfer()
  const bytes = new Uint8Array(${JSON.stringify([...PNG])})
  transfer.items.add(new File([bytes], '${name}', { type: 'image/png' }))
  return transfer
})()`

test('files are dropped on the panel and pasted into it', async ({ page, team }) => {
  await team.card('By hand')
  await openBoard(page, team, team.ann)
  await openCard(page, 'By hand')
  const dropped = { dataTransfer: await page.evaluateHandle(holding('dropped.png')) }
  await panel(page).dispatchEvent('dragover', dropped)
  await expect(page.getByText('Drop to attach')).toBeVisible()
  await panel(page).dispatchEvent('drop', dropped)
  await expect(page.getByText('Drop to attach')).toBeHidden()
  await expect(attached(page, 'dropped.png')).toBeVisible()

  const clipboard = `{ clipboardData: ${holding('pasted.png')}, bubbles: true, cancelable: true }`
  await page.evaluate(
    `document.activeElement.dispatchEvent(new ClipboardEvent('paste', ${clipboard}))`,
  )
  await expect(attached(page, 'pasted.png')).toBeVisible()
})
