import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

export type Script = { name: string; gzBytes: number }

/** The scripts a page loads on its own, each as gzip makes it. */
export async function scriptsOf(page: Page, url: string): Promise<Script[]> {
  const scripts: Promise<Script>[] = []
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? ''
    if (!type.includes('javascript')) return
    const name = new URL(response.url()).pathname
    scripts.push(response.body().then((body) => ({ name, gzBytes: gzipSync(body).byteLength })))
  })
  await page.goto('about:blank')
  await page.goto(url, { waitUntil: 'networkidle' })
  page.removeAllListeners('response')
  return await Promise.all(scripts)
}
