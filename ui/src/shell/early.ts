import { accessToken } from './access.ts'
import { get } from './http.ts'

const BOARD_PATH = /^\/boards\/[\w-]{36}$/

const answers = new Map<string, Promise<unknown>>()

/**
 * Asks for the session, and then for who it is and the board the page is opened at, while most of
 * the page's code is still on its way. Settles when the questions are out, whatever came of it.
 */
export async function askEarly(path: string): Promise<void> {
  const session = accessToken()
  const ask = async (wanted: string) => await get(wanted, { attemptsMax: 1 })
  for (const wanted of ['/me', ...(BOARD_PATH.test(path) ? [path] : [])]) {
    answers.set(
      wanted,
      session.then(async () => await ask(wanted)).catch(() => undefined),
    )
  }
  await session.catch(() => undefined)
}

/** Settles when what was asked early is there, or has failed. */
export async function earlyAnswers(): Promise<void> {
  await Promise.all(answers.values())
}

/** What was asked early at this path, once; undefined when it was not, or could not be read. */
export async function takeEarly<Answer>(path: string): Promise<Answer | undefined> {
  const answer = answers.get(path) as Promise<Answer | undefined> | undefined
  answers.delete(path)
  return await answer
}
