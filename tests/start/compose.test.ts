import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig } from '#core/platform/config.ts'
import { loginUrl } from '#core/platform/login.ts'

// There is no Docker engine where the tests run, so the file is read; containers.test.ts and
// compose-parts.test.ts run what stands in it. What they cannot run is deploy/temporal/schema.sh,
// whose tool comes with Temporal's image alone.
const Service = z.looseObject({
  environment: z.record(z.string(), z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  image: z.string(),
  build: z.string().optional(),
  ports: z.array(z.string()).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
})
const text = readFileSync('docker-compose.yml', 'utf8')
const { secrets, ...file } = parse(text, { merge: true })
const services = z.record(z.string(), Service).parse(file.services)
const example = readFileSync('deploy/.env.example', 'utf8')

test.each(Object.entries(services))('%s runs an image of an exact version', (_, { image }) => {
  expect(image).toMatch(/^[\w./-]+:\d+\.\d+(\.\d+)?(-[\w.]+)?$/)
})

test('every service that stays has a health check', () => {
  const staying = Object.entries(services).filter(([, { restart }]) => restart === 'unless-stopped')
  expect(staying.length).toBeGreaterThan(5)
  expect(staying.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name)).toEqual([])
})

test('our image is made from the Node we run, and from nothing else', () => {
  const bases = readFileSync('Dockerfile', 'utf8').matchAll(/^FROM (\S+)/gm)
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const node = `node:${dependencies.node}-slim`
  expect(Array.from(bases, ([, image]) => image)).toEqual([node, node])
})

test('ASVS line 49: only the web port is open', () => {
  const open = Object.entries(services).filter(([, { ports }]) => ports)
  expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['api', ['${PORT:-3000}:3000']]])
})

test('the API shows the Temporal Web UI where that says it is', () => {
  expect(services['api']?.environment?.['TEMPORAL_UI_ADDRESS']).toBe('http://temporal-ui:8080')
  expect(services['temporal-ui']?.environment?.['TEMPORAL_UI_PUBLIC_PATH']).toBe('/admin/temporal')
})

test('every variable is documented, and every documented one is used', () => {
  const used = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name))
  const documented = [...example.matchAll(/^# .+\n(\w+)=/gm)].map(([, name]) => name)
  expect(new Set(documented)).toEqual(used)
})

test('ASVS line 6: no secret has a default', () => {
  const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|KEY))(\W+)/g)]
  expect(secrets.length).toBeGreaterThan(0)
  expect(secrets.filter(([, , mark]) => mark !== ':?')).toEqual([])
  expect(example).not.toMatch(/(PASSWORD|KEY)=\S/)
})

test('ASVS line 43: our servers get every secret as a file, and none in the environment', () => {
  const ours = Object.values(services).filter(({ build }) => build)
  expect(ours.length).toBeGreaterThan(3)
  for (const { environment = {}, secrets = [] } of ours) {
    const names = Object.keys(environment)
    expect(names.filter((name) => /(?:_KEY|DATABASE_URL|REDIS_URL|SMTP_URL)$/.test(name))).toEqual(
      [],
    )
    const files = names.filter((name) => name.endsWith('_FILE'))
    expect(new Set(files.map((name) => environment[name]))).toEqual(
      new Set(secrets.map((name) => `/run/secrets/${name}`)),
    )
  }
})

const files = z
  .array(z.object({ file: z.string() }))
  .parse(Object.values(secrets))
  .map(({ file: name }) => name)

/** A clone of what the script works on, and the script. */
function clone() {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-make-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync('deploy', join(folder, 'deploy'), { recursive: true })
  return {
    folder,
    make: () => spawnSync('sh', ['deploy/make-secrets.sh'], { cwd: folder, encoding: 'utf8' }),
    contentOf: (name: string) => readFileSync(join(folder, name), 'utf8'),
    modeOf: (name: string) => statSync(join(folder, name)).mode & 0o777,
  }
}

test('make-secrets.sh makes every file that is asked for, and leaves what there is', () => {
  const { make, contentOf, modeOf } = clone()
  const contents = () => [...files, '.env'].map(contentOf)

  expect(make().status).toBe(0)
  const made = contents()
  expect(make().stdout).toBe('')

  expect(contents()).toEqual(made)
  expect(modeOf('secrets')).toBe(0o700)
  const toFillIn = files.filter((name) => contentOf(name) === 'none\n')
  expect(toFillIn).toContain('secrets/smtp_url')
  const modes = files.map((name) => [name, toFillIn.includes(name) ? 0o644 : 0o444])
  expect(files.map((name) => [name, modeOf(name)])).toEqual(modes)
  expect(modeOf('.env')).toBe(0o600)
  const password = contentOf('secrets/temporal_postgres_password')
  expect(contentOf('.env')).toContain(`\nTEMPORAL_POSTGRES_PASSWORD=${password}`)
})

test('what make-secrets.sh makes, a server takes', () => {
  const { folder, make } = clone()
  make()
  const given = Object.entries(services['api']!.environment!)
    .filter(([name]) => name.endsWith('_FILE'))
    .map(([name, path]) => [name, path.replace('/run', folder)])
  const config = readConfig({
    NODE_ENV: 'production',
    TEMPORAL_ADDRESS: 'temporal:7233',
    ...Object.fromEntries(given),
  })
  expect(new URL(loginUrl(config, 'API_DATABASE_URL')).password).toMatch(/^[0-9a-f]{64}$/)
})

test('make-secrets.sh takes over what an older .env holds', () => {
  const { folder, make, contentOf } = clone()
  const older = 'POSTGRES_PASSWORD=feed\nTEMPORAL_POSTGRES_PASSWORD=beef\nAUTH_KEY=cafe\n'
  writeFileSync(join(folder, '.env'), older)
  expect(make().status).toBe(0)
  expect(contentOf('secrets/database_url')).toContain(':feed@')
  expect(contentOf('secrets/temporal_postgres_password')).toBe('beef\n')
  expect(contentOf('secrets/auth_key')).toBe('cafe\n')
  expect(contentOf('.env')).toBe(older)
})

test('whoever is waited for has a health check or an end', () => {
  const waits = Object.values(services).flatMap(({ depends_on }) =>
    Object.entries(depends_on ?? {}),
  )
  for (const [name, { condition }] of waits) {
    const { healthcheck, restart } = services[name] ?? {}
    if (condition === 'service_healthy') expect(healthcheck, name).toBeDefined()
    else expect(restart, name).toBe('on-failure:5')
  }
})
