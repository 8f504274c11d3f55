import { accessToken } from './access.ts'
import { ApiError } from './api-error.ts'
import { API_PREFIX } from './exchange.ts'

/** The bytes the API answers to a GET. Throws an ApiError. */
export async function contentOf(path: string): Promise<Blob> {
  const headers = { authorization: `Bearer ${await accessToken()}` }
  const response = await fetch(API_PREFIX + path, { headers })
  if (response.ok) return await response.blob()
  throw new ApiError('internal', 'The file could not be had.', { status: response.status })
}

/** Saves what the API answers to a GET as a file of the person's computer. Throws an ApiError. */
export async function download(path: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await contentOf(path))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
