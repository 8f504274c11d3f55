import { accessToken } from '../shell/access.ts'
import { ApiError } from '../shell/api-error.ts'

/** Saves what the API answers to a GET as a file of the person's computer. Throws an ApiError. */
export async function download(path: string, name: string): Promise<void> {
  const headers = { authorization: `Bearer ${await accessToken()}` }
  const response = await fetch(`/api/v1${path}`, { headers })
  if (!response.ok) {
    throw new ApiError('internal', 'The file could not be made.', { status: response.status })
  }
  const url = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
