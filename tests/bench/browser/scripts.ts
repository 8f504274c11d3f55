import { gzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright-core'

export type Script = { name: string; gzBytes: number }

/**
 * The scripts a page needs for what it shows, each as gzip makes it. It is never quiet meanwhile, so
 * that what it would read ahead for later does not come.
 */
export async function scriptsOf(context: BrowserContext, url: string): Promise<Script[]> {
  const page = await context.newPage()
  await page.addInitScript('requestIdleCallback = () => 0')
  const scripts: Promise<Script>[] = []
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? ''
    if (!type.includes('javascript')) return
    const name = new URL(response.url()).pathname
    scripts.push(response.body().then((body) => ({ name, gzBytes: gzipSync(body).byteLength })))
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const found = await Promise.all(scripts)
  await page.close()
  return found
}
