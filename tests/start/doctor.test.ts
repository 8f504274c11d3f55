import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const LIMIT_MS = 20_000

test('the doctor names what is here', () => {
  const { status, stdout } = doctor({ PORT: '0' })
  expect(stdout).toMatch(/^ok +Node +v26/m)
  expect(stdout).toMatch(/^ok +Postgres +\S+\/postgres$/m)
  expect(stdout).toMatch(/^missing +Port +stop what listens there/m)
  expect(status).toBe(1)
})

test('the doctor gives the command for what is missing', () => {
  const { stdout } = doctor({ PATH: '/nowhere' })
  expect(stdout).toMatch(/^missing +Redis +(apt-get install redis-server|brew install redis)$/m)
})

function doctor(environment: Record<string, string>) {
  return spawnSync(process.execPath, ['start/doctor.ts'], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: LIMIT_MS,
  })
}
