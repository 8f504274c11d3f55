import { callAs } from './call-as.ts'
import { expect, openBoard, test } from './team.ts'

const LETTER_LIMIT_MS = 60_000

test('who wants mentions at once gets a letter with a link to the card, and ends such letters from it', async ({
  page,
  request,
  team,
}) => {
  test.setTimeout(2 * LETTER_LIMIT_MS)
  const cardId = await team.card('Fix login')
  await openBoard(page, team, team.ann)
  await page.goto('/profile')
  const mentions = page.getByLabel('E-mail: Somebody mentions you')
  await mentions.selectOption('At once')
  await page.getByLabel('Inbox: A card of yours is due').uncheck()
  await expect(page.getByText('All changes saved')).toBeVisible()
  await page.reload()
  await expect(mentions).toHaveValue('at_once')
  await expect(page.getByLabel('Inbox: A card of yours is due')).not.toBeChecked()

  const askBob = await callAs(request, team.bob)
  await askBob('POST', `/cards/${cardId}/comments`, { text: 'Look, @Ann', mentions: [team.annId] })
  let text = ''
  const letter = async () => {
    const { items } = await (await request.get('/api/v1/demo/mailbox')).json()
    text = items.find(({ to }: { to: string }) => to === team.ann)?.text ?? ''
    return text
  }
  await expect.poll(letter, { timeout: LETTER_LIMIT_MS }).toContain('Bob mentioned you on')

  await page.goto(/\/boards\/\S+/.exec(text)![0])
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Fix login')
  await page.goto(/\/unsubscribe#\S+/.exec(text)![0])
  await page.getByRole('button', { name: 'No more such letters' }).click()
  await expect(page.getByText('You get no more letters about this.')).toBeVisible()
  await page.getByRole('link', { name: 'Choose what you are written about' }).click()
  await expect(mentions).toHaveValue('never')
})
