import type { Page } from '@playwright/test'
import { callAs } from './call-as.ts'
import { expect, openBoard, test } from './team.ts'

const inTheSideBar = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name })

test('who is online, new boards and news for the person are seen on any page as they come', async ({
  page,
  request,
  openElsewhere,
  team,
}) => {
  const cardId = await team.card('Fix login')
  await openBoard(page, team, team.ann)
  await page.getByRole('link', { name: 'Inbox' }).click()
  await page.goto('/members')
  const bob = page.getByRole('listitem').filter({ hasText: 'Bob' })
  await expect(bob).toBeVisible()
  await expect(bob.getByText('online since')).toBeHidden()
  const other = await openElsewhere(team.bob)
  await expect(bob.getByText('online since')).toBeVisible()
  await other.close()
  await expect(bob.getByText('online since')).toBeHidden()

  const askBob = await callAs(request, team.bob)
  await askBob('POST', `/cards/${cardId}/comments`, { text: 'Look, @Ann', mentions: [team.annId] })
  await expect(inTheSideBar(page, 'Inbox')).toContainText('1')

  const askOda = await callAs(request, team.oda)
  await askOda('POST', `/projects/${team.board.projectId}/boards`, { name: 'Roadmap' })
  await expect(inTheSideBar(page, 'Roadmap')).toBeVisible()
})
