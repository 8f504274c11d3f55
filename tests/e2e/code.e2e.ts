import type { Page } from '@playwright/test'
import { CODE_CHARS_MAX } from '#core/flows/limits.ts'
import { aFlowOfCode } from './a-flow-of-code.ts'
import { expect, openBoard, test, type Team } from './team.ts'

/** The code of the draft, as it is kept. */
const kept = async ({ database }: Team, id: string): Promise<string> =>
  (await database('flows').where({ id }).first('draft')).draft.steps[0].with.code

const frameOf = (page: Page) => page.frameLocator('iframe[title="Code"]')

/** Opens the form of the step by keyboard; its editor has the keyboard once it is there. */
async function openCode(page: Page, flowId: string): Promise<void> {
  await page.goto(`/flows/${flowId}`)
  await page.locator('[data-step="run"]').focus()
  await page.keyboard.press('Enter')
  await expect(frameOf(page).getByRole('textbox').first()).toBeFocused()
}

test('code is written by two with names offered, kept, undone, and left by keyboard', async ({
  page,
  team,
  openElsewhere,
}) => {
  test.slow()
  const flowId = await aFlowOfCode(team, 'return 1')
  const code = async () => await kept(team, flowId)
  const { keyboard } = page
  await openBoard(page, team, team.oda)
  await openCode(page, flowId)

  await keyboard.press('Control+Home')
  await keyboard.type('const name = input.')
  await expect(frameOf(page).getByRole('option', { name: /title/ })).toBeVisible()
  await keyboard.press('Enter')
  await keyboard.type('\n')
  await expect.poll(code).toBe('const name = input.title\nreturn 1')
  await keyboard.press('Control+z')
  await expect.poll(code).toBe('return 1')
  await keyboard.press('Control+Shift+z')
  await expect.poll(code).toBe('const name = input.title\nreturn 1')

  const ann = await openElsewhere(team.ann)
  await openCode(ann, flowId)
  await ann.keyboard.press('Control+Home')
  await ann.keyboard.type('// Both\n')
  await expect(frameOf(page).getByText('// Both')).toBeVisible()
  await keyboard.press('Control+End')
  await keyboard.press('Backspace')
  await keyboard.type('name +')
  await expect(
    page.getByText(/Line 3, column \d+ is not JavaScript\. The parser says: Unexpected token/),
  ).toBeVisible()
  await keyboard.type(' name')
  await expect.poll(code).toBe('// Both\nconst name = input.title\nreturn name + name')
  await expect(page.getByText('Unexpected token')).toBeHidden()

  // Away from what is offered, which takes the key while it is there.
  await keyboard.press('Home')
  await keyboard.press('Control+m')
  await keyboard.press('Tab')
  await expect(page.getByLabel('Input')).toBeFocused()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Escape')
  await expect(page.locator('[data-step="run"]')).toBeFocused()
})

test('the editor of code is of no origin, is believed nothing but what was agreed, and takes no more than fits', async ({
  page,
  team,
}) => {
  const longest = 'return 1'.padEnd(CODE_CHARS_MAX, '\n//')
  const flowId = await aFlowOfCode(team, longest)
  await openBoard(page, team, team.oda)
  await openCode(page, flowId)
  const editor = page.frames().find((frame) => frame !== page.mainFrame())!
  const origin = await editor.evaluate('origin')
  expect(origin).toBe('null')
  for (const reach of [
    'parent.document',
    'localStorage',
    'document.cookie',
    'indexedDB.open("x")',
  ]) {
    await expect(editor.evaluate(reach), reach).rejects.toThrow()
  }
  await editor.evaluate(`parent.postMessage({ kind: 'written', text: 'x', count: 9 }, '*')`)
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('x')
  await expect(page.getByText('Code may have 50,000 characters')).toBeVisible()
  await page.keyboard.press('Delete')
  await expect.poll(async () => await kept(team, flowId)).toBe(longest.slice(1))
})

test('where the editor of code does not come, code is written in a plain field', async ({
  page,
  team,
}) => {
  const flowId = await aFlowOfCode(team, 'return 1')
  await page.route('**/code-editor/**', (route) => route.abort())
  await openBoard(page, team, team.oda)
  await page.goto(`/flows/${flowId}`)
  await page.locator('[data-step="run"]').click()
  await page.getByLabel('Code', { exact: true }).fill('return 2')
  await expect.poll(async () => await kept(team, flowId)).toBe('return 2')
})
