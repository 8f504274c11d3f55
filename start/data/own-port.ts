import { webPortAsked } from './web-port.ts'

const ANSWER_LIMIT_MS = 2_000

/** The port people open, when it is ProjectFlow that listens there by now. */
export async function ownPort(): Promise<string | undefined> {
  const port = webPortAsked()
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
  const about = await fetch(`http://127.0.0.1:${port}/openapi.json`, { signal })
    .then((response) => response.json() as Promise<{ info?: { title?: string } }>)
    .catch(() => undefined)
  return about?.info?.title === 'ProjectFlow' ? `${port}, where ProjectFlow runs` : undefined
}
