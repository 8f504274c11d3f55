import { z } from 'zod'

/** An address with a scheme we can dial. */
const url = (...schemes: string[]) =>
  z.string().refine((value) => schemes.some((scheme) => value.startsWith(`${scheme}:`)), {
    error: `must start with ${schemes.map((scheme) => `${scheme}:`).join(' or ')}`,
  })

const port = z.coerce.number().int().min(1).max(65_535)
const flag = z.enum(['0', '1']).transform((value) => value === '1')

const Environment = z.object({
  /** `production` turns demo mode off for good. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Demo accounts and data; only ever on 127.0.0.1. */
  PROJECTFLOW_DEMO: flag.default(false),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  /** How many proxies stand before the API, each of which adds whom it saw to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Where the API finds collab. */
  COLLAB_HOST: z.string().default('127.0.0.1'),
  COLLAB_PORT: port.default(3001),
  WORKER_PORT: port.default(3002),
  /** What the processes log in to Postgres with; see docs/decisions/027. */
  API_DATABASE_URL: url('postgres', 'postgresql').optional(),
  ACTIONS_DATABASE_URL: url('postgres', 'postgresql').optional(),
  WORKER_DATABASE_URL: url('postgres', 'postgresql').optional(),
  COLLAB_DATABASE_URL: url('postgres', 'postgresql').optional(),
  REDIS_URL: url('redis', 'rediss'),
  /** Set apart per installation or test on a shared Redis. */
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .default('pf'),
  /** host:port of the Temporal frontend. */
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  /** Where people open the Temporal Web UI; history links lead there. */
  TEMPORAL_UI_URL: url('http', 'https').default('http://127.0.0.1:8233'),
  /** Task queue of the card actions; tests give each file its own. */
  CARD_ACTIONS_QUEUE: z.string().min(1).default('card-actions'),
  /** Signs access tokens: 32 bytes of base64url, the seed of an Ed25519 key. */
  AUTH_KEY: z.base64url().length(43),
  /** Signs commands, so that only the API can act for somebody: 32 bytes of base64url. */
  COMMAND_KEY: z.base64url().length(43),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = Readonly<z.infer<typeof Environment>>

/**
 * Reads the configuration of a process from its environment.
 * Throws one error that names every variable that is missing or wrong.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const { data, error } = Environment.safeParse(environment)
  if (error) throw new Error(`The configuration is not usable.\n${z.prettifyError(error)}`)
  if (data.PROJECTFLOW_DEMO && data.NODE_ENV === 'production') {
    throw new Error('Demo mode refuses to run with NODE_ENV=production: its passwords are public.')
  }
  if (data.PROJECTFLOW_DEMO && data.HOST !== '127.0.0.1') {
    throw new Error('Demo mode listens on 127.0.0.1 only: its passwords are public.')
  }
  return Object.freeze(data)
}
