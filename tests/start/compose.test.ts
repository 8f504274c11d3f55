import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

// There is no Docker engine where the tests run, so the file is read; containers.test.ts and
// compose-parts.test.ts run what stands in it. What they cannot run is deploy/temporal/schema.sh,
// whose tool comes with Temporal's image alone.
const Service = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  ports: z.array(z.string()).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
})
const text = readFileSync('docker-compose.yml', 'utf8')
const services = z.record(z.string(), Service).parse(parse(text, { merge: true }).services)
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

test('only the web port is open', () => {
  const open = Object.entries(services).filter(([, { ports }]) => ports)
  expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['api', ['${PORT:-3000}:3000']]])
})

test('what operators add is open to this host alone', () => {
  const added = parse(readFileSync('deploy/operators.yml', 'utf8'))
  expect(added.services).toEqual({ 'temporal-ui': { ports: ['127.0.0.1:8233:8080'] } })
})

test('every variable is documented, and every documented one is used', () => {
  const used = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name))
  const documented = [...example.matchAll(/^# .+\n(\w+)=/gm)].map(([, name]) => name)
  expect(new Set(documented)).toEqual(used)
})

test('no secret has a default', () => {
  const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|KEY))(\W+)/g)]
  expect(secrets.length).toBeGreaterThan(0)
  expect(secrets.filter(([, , mark]) => mark !== ':?')).toEqual([])
  expect(example).not.toMatch(/(PASSWORD|KEY)=\S/)
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
