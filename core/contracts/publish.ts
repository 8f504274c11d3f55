import { readFile, writeFile } from 'node:fs/promises'
import { breaksOf } from './breaks.ts'
import { publishedContracts, type Json } from './published.ts'

const FOLDER = new URL('published/', import.meta.url)

/** The contracts as they were published last; null for a file that is not there. */
export async function committed(name: string): Promise<Json | null> {
  const text = await readFile(new URL(name, FOLDER), 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as Json)
}

/**
 * Writes the contracts to published/. What would break clients is not written: a break that is
 * meant begins with deleting the file, where a reviewer sees it.
 */
async function publish(): Promise<void> {
  for (const [name, contracts] of Object.entries(publishedContracts())) {
    const before = await committed(name)
    const breaks = before ? breaksOf(before, contracts) : []
    if (breaks.length > 0) throw new Error(`${name} would break clients:\n${breaks.join('\n')}`)
    await writeFile(new URL(name, FOLDER), `${JSON.stringify(contracts, null, 2)}\n`)
  }
}

if (import.meta.main) await publish()
