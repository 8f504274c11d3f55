import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './write-whole.ts'

const HOST = '127.0.0.1'
const Ports = z.record(z.string(), z.int().min(1).max(65_535))

/**
 * A port for each name: the same as at the last start where it is free, else a free one. The
 * choice is kept in the data folder, so that addresses people noted stay good.
 */
export async function ports<Name extends string>(
  folder: string,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const path = join(folder, 'ports.json')
  const kept = read(path)
  // One after the other, each held until all are chosen, so that no two get the same.
  const held = []
  const chosen: Record<string, number> = {}
  for (const name of names) {
    const server = (await hold(kept[name] ?? 0)) ?? (await hold(0))
    if (!server) throw new Error('This machine has no free port left.')
    held.push(server)
    chosen[name] = server.port
  }
  await Promise.all(held.map(({ release }) => release()))
  writeWhole(path, { ...kept, ...chosen })
  return chosen as Record<Name, number>
}

/** Whether somebody could listen on this port of 127.0.0.1 now. */
export async function isFree(port: number): Promise<boolean> {
  const server = await hold(port)
  await server?.release()
  return server !== undefined
}

type Held = { port: number; release: () => Promise<void> }

async function hold(port: number): Promise<Held | undefined> {
  const server = createServer()
  try {
    await once(server.listen(port, HOST), 'listening')
  } catch {
    return undefined
  }
  const address = server.address()
  if (address === null || typeof address === 'string') return undefined
  return {
    port: address.port,
    release: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Nothing at the first start, or when a power cut has left half a file: then all are chosen anew. */
function read(path: string): Record<string, number> {
  if (!existsSync(path)) return {}
  try {
    return Ports.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {}
  }
}
