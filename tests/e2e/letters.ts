import type { APIRequestContext } from '@playwright/test'
import { expect } from './team.ts'

const WAIT = { timeout: 10_000 }

/** The link to a page, as `/welcome`, in the last letter to an address; waits for it. */
export async function linkTo(request: APIRequestContext, email: string, page: string) {
  let link: string | undefined
  const found = async () => {
    const { items } = await (await request.get('/api/v1/demo/mailbox')).json()
    const letter = items.find(({ to }: { to: string }) => to === email)
    link = new RegExp(`${page}#\\S+`).exec(letter?.text ?? '')?.[0]
    return link
  }
  await expect.poll(found, WAIT).toBeTruthy()
  return link!
}
