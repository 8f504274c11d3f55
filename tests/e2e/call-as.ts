import type { APIRequestContext } from '@playwright/test'
import { expect, PASSWORD } from './team.ts'

const headers = { 'x-requested-with': 'test' }

/** Signs somebody in, and answers how to ask the API as them, elsewhere than in the page of the test. */
export async function callAs(request: APIRequestContext, email: string) {
  const login = { email, password: PASSWORD }
  const session = await request.post('/api/v1/auth/login', { headers, data: login })
  const { accessToken } = await session.json()
  return async (method: 'POST' | 'PATCH', path: string, data: object): Promise<void> => {
    const answer = await request.fetch(`/api/v1${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${accessToken}` },
      data,
    })
    expect(answer.ok()).toBe(true)
  }
}
