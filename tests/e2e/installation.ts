import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#tests/support/free-port.ts'
import { anIssuer } from '#tests/support/issuer.ts'

const READY_LIMIT_MS = 300_000
const STOP_LIMIT_MS = 30_000

/** Starts ProjectFlow as a person does, on data of its own; gives the way to stop it. */
export default async function install(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-e2e-'))
  const port = String(await freePort())
  const issuer = await anIssuer()
  const starter = spawn(process.execPath, ['start/main.ts'], {
    env: {
      ...process.env,
      ...issuer.settings,
      NODE_ENV: 'development',
      PORT: port,
      DATA_DIR: folder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  starter.stdout.on('data', (text: Buffer) => (output += text.toString()))
  const stop = async () => {
    if (starter.exitCode === null) {
      const late = setTimeout(() => starter.kill('SIGKILL'), STOP_LIMIT_MS)
      starter.kill('SIGTERM')
      await once(starter, 'exit')
      clearTimeout(late)
    }
    rmSync(folder, { recursive: true, force: true })
    await issuer.stop()
  }

  const endMs = Date.now() + READY_LIMIT_MS
  while (!output.includes('ProjectFlow is ready at')) {
    if (starter.exitCode !== null || Date.now() > endMs) {
      await stop()
      throw new Error(`ProjectFlow did not come up.\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  process.env['E2E_URL'] = `http://127.0.0.1:${port}`
  process.env['E2E_FOLDER'] = folder
  process.env['E2E_DATABASE_URL'] = databaseUrl(folder)
  return stop
}

/** The starter's own Postgres, for the people and boards a test begins with. */
function databaseUrl(folder: string): string {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>
  const { postgresPassword } = read('secrets.json')
  const { postgres } = read('ports.json')
  return `postgres://postgres:${postgresPassword}@127.0.0.1:${postgres}/projectflow`
}
