import { accessToken } from './access.ts'
import { ApiError } from './api-error.ts'
import { API_PREFIX } from './exchange.ts'

/** A file of 10 MB over a slow line, as the server gives who sends one. */
const DOWNLOAD_LIMIT_MS = 300_000

/** The bytes the API answers to a GET. Throws an ApiError. */
export async function contentOf(path: string): Promise<Blob> {
  const headers = { authorization: `Bearer ${await accessToken()}` }
  const signal = AbortSignal.timeout(DOWNLOAD_LIMIT_MS)
  const asked = fetch(API_PREFIX + path, { headers, signal })
  const response = await asked.catch(awayFor)
  if (response.ok) return await response.blob().catch(awayFor)
  throw new ApiError('internal', 'The file could not be had.', { status: response.status })
}

function awayFor(error: unknown): never {
  throw new ApiError('network.away', String(error))
}

/** Saves what the API answers to a GET as a file of the person's computer. Throws an ApiError. */
export async function download(path: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await contentOf(path))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
