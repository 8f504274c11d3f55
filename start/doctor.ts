import { ownPort } from './data/own-port.ts'
import { webPort } from './data/web-port.ts'
import { CHROMIUM_PACKAGES, findChromium } from './parts/chromium.ts'
import { installCommand } from './parts/install.ts'
import { findIsolation, ISOLATION_PACKAGES } from './parts/isolation.ts'
import { findPostgres } from './parts/postgres.ts'
import { REDIS_PACKAGES } from './parts/redis.ts'
import { BUILD_COMMAND, findTemporal } from './parts/temporal-binary.ts'
import { onPath } from './process/on-path.ts'
import { say } from './say.ts'

type Finding = {
  name: string
  found: string | undefined
  /** What brings it here. */
  cure: string
  /** Without it `npm start` cannot work; the rest is for tests or later. */
  needed: boolean
}

const { DATABASE_URL, REDIS_URL, TEMPORAL_ADDRESS } = process.env

const findings: Finding[] = [
  { name: 'Node', found: `${process.version} (${process.execPath})`, cure: '', needed: true },
  {
    name: 'Temporal',
    found: TEMPORAL_ADDRESS ?? findTemporal(),
    cure: `npm start downloads it, or builds it where Go is: ${BUILD_COMMAND}`,
    needed: false,
  },
  {
    name: 'Postgres',
    found: DATABASE_URL ? 'DATABASE_URL' : await findPostgres(),
    cure: 'set DATABASE_URL to a server you run',
    needed: true,
  },
  {
    name: 'Redis',
    found: REDIS_URL ? 'REDIS_URL' : onPath('redis-server'),
    cure: installCommand(REDIS_PACKAGES),
    needed: true,
  },
  {
    name: 'Chromium',
    found: findChromium(),
    cure: installCommand(CHROMIUM_PACKAGES),
    needed: false,
  },
  {
    name: 'Isolation',
    found: await findIsolation(),
    cure: installCommand(ISOLATION_PACKAGES),
    needed: false,
  },
  { name: 'Go', found: onPath('go'), cure: 'https://go.dev/dl', needed: false },
  {
    name: 'Port',
    found: await webPort().then(String, ownPort),
    cure: 'stop what listens there, or choose another: PORT=3001 npm start',
    needed: true,
  },
]

for (const { name, found, cure } of findings) {
  say(`${found ? 'ok     ' : 'missing'}  ${name.padEnd(9)}  ${found ?? cure}`)
}
process.exitCode = findings.every(({ found, needed }) => found || !needed) ? 0 : 1
