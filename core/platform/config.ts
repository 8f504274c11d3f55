import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { networks } from './egress/addresses.ts'
import { readKeyring } from './keyring.ts'
import { hasKnownPassword, isMadeUpKey, saysItIsNone } from './placeholders.ts'
import { readSecretFiles } from './secret-files.ts'

/** An address with a scheme we can dial. */
const url = (...schemes: string[]) =>
  z.string().refine((value) => schemes.some((scheme) => value.startsWith(`${scheme}:`)), {
    error: `must start with ${schemes.map((scheme) => `${scheme}:`).join(' or ')}`,
  })

/** The address of an issuer of OpenID Connect: over TLS, but for one on the same machine. */
const isIssuer = (text: string) =>
  /^https:\/\/|^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(text) && URL.canParse(text)

/** An address that can be shown: who it is for stands in none of its parts. */
const isPlainAddress = (text: string) => {
  const { protocol, username, password, search } = URL.parse(text) ?? { protocol: '' }
  return /^https?:$/.test(protocol) && !username && !password && !search
}

const isOrigin = (text: string) =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text

const port = z.coerce.number().int().min(1).max(65_535)
const count = z.coerce.number().int().min(1).max(1_000_000)
const flag = z.enum(['0', '1']).transform((value) => value === '1')

const FINGERPRINT_CHARS = 16
const TOKEN_CHARS_MIN = 32
const MAKE_A_KEY = 'Make one: openssl rand 32 | basenc --base64url | tr -d ='
/** Settings nobody may read; each can be given as a file by the name with _FILE behind it. */
const secret = z.registry<{ looksKnown: (value: string) => boolean }>()
const address = (...schemes: string[]) =>
  url(...schemes).register(secret, { looksKnown: hasKnownPassword })
/** What somebody logs in to Postgres with; each process is given its own alone. */
const login = () =>
  url('postgres', 'postgresql').optional().register(secret, { looksKnown: hasKnownPassword })
const key = () =>
  z
    .base64url({ error: `is not 32 bytes of base64url. ${MAKE_A_KEY}` })
    .length(43, { error: `is not 32 bytes of base64url. ${MAKE_A_KEY}` })
    .register(secret, { looksKnown: isMadeUpKey })
const keys = () =>
  z
    .string()
    .superRefine((text, { addIssue }) => {
      try {
        readKeyring(text)
      } catch (error) {
        addIssue(`${(error as Error).message}. ${MAKE_A_KEY}`)
      }
    })
    .register(secret, { looksKnown: (text) => text.split(/[\s,]+/).some(isMadeUpKey) })

const areNetworks = (written: readonly string[]) => {
  try {
    networks(written)
    return true
  } catch {
    return false
  }
}

/** As in `api-key=…,x-team=web`, what a header cannot hold and commas as %XX. */
const isHeaderList = (text: string) =>
  text.split(',').every((each) => /^[\w!#$%&'*+.^`|~-]+=[!-~]([ -~]*[!-~])?$/.test(each.trim()))

/** A setting that is not there when it has the value that says so. */
const unless = <Setting extends z.ZodType>(nothing: string, setting: Setting) =>
  z
    .literal(nothing)
    .transform(() => undefined)
    .or(setting)
    .optional()

const GOOGLE = 'https://accounts.google.com'

const Environment = z.object({
  /** `production` turns demo mode off for good. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Demo accounts and data; only ever on 127.0.0.1. */
  PROJECTFLOW_DEMO: flag.default(false),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  /** How many proxies stand before the API, each of which adds whom it saw to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Whose pages may ask the API with a token, as in `https://a.example.com,https://b.example.com`. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((origin) => origin !== ''))
    .refine((origins) => origins.every(isOrigin), {
      error: 'must be origins with commas between, as in https://a.example.com',
    }),
  /** What somebody may ask for with tokens for programs; from a session it is ten times that. */
  SEARCHES_PER_MINUTE_MAX: count.default(100),
  CREATES_PER_HOUR_MAX: count.default(100),
  READS_PER_HOUR_MAX: count.default(1_000),
  /** How many files somebody may send, from wherever. */
  UPLOADS_PER_HOUR_MAX: count.default(10),
  /** How often one address may try one account's password; see login-throttle.ts. */
  LOGINS_PER_MINUTE_MAX: count.default(5),
  /** Whether anybody may make an account, or only who was invited; without it, anybody in the demo only. */
  SIGN_UP: z.enum(['open', 'closed']).optional(),
  /** Where the API finds collab. */
  COLLAB_HOST: z.string().default('127.0.0.1'),
  COLLAB_PORT: port.default(3001),
  /** How many sockets one process of collab holds. */
  SOCKETS_PER_NODE_MAX: count.default(20_000),
  /** In how many browsers a person is live at once, and in how many tabs of one. */
  BROWSERS_PER_PERSON_MAX: count.default(3),
  TABS_PER_BROWSER_MAX: count.default(8),
  /** Over how many seconds a stopping collab sends its viewers away. */
  COLLAB_DRAIN_S: z.coerce.number().int().min(0).max(100).default(30),
  WORKER_PORT: port.default(3002),
  /** The owner of the database; for what operators run, never for a server. */
  DATABASE_URL: login(),
  /** What the processes log in to Postgres with; see docs/decisions/027. */
  API_DATABASE_URL: login(),
  ACTIONS_DATABASE_URL: login(),
  WORKER_DATABASE_URL: login(),
  COLLAB_DATABASE_URL: login(),
  REDIS_URL: address('redis', 'rediss'),
  /** Set apart per installation or test on a shared Redis. */
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .default('pf'),
  /** host:port of the Temporal frontend. */
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  /** The Temporal Web UI, at --ui-public-path=/admin/temporal, for the API to show to operators. */
  TEMPORAL_UI_ADDRESS: url('http', 'https').optional(),
  /** Where people open the Temporal Web UI that the API does not show; history links lead there. */
  TEMPORAL_UI_URL: url('http', 'https').default('http://127.0.0.1:8233'),
  /** Task queue of the card actions; tests give each file its own. */
  CARD_ACTIONS_QUEUE: z.string().min(1).default('card-actions'),
  /** Task queue of the runs of flows; tests give each file its own. */
  AUTOMATION_QUEUE: z.string().min(1).default('automation'),
  /** Sign access tokens: 1 to 4 seeds of Ed25519 keys; the first signs, all are believed. */
  AUTH_KEY: keys(),
  /** Signs commands, so that only the API can act for somebody: 32 bytes of base64url. */
  COMMAND_KEY: key(),
  /** Sign the seals of the audit: 1 to 4 of them, the first is the current one. */
  AUDIT_KEY: keys(),
  /** Where the audit's checkpoints and archive go; without it, into the database itself. */
  AUDIT_SINK_URL: url('s3', 'clickhouse')
    .optional()
    .register(secret, { looksKnown: hasKnownPassword }),
  /** The keys of an S3 sink; without them the surroundings give some, as clouds do. */
  AWS_ACCESS_KEY_ID: z.string().min(1).max(200).optional(),
  AWS_SECRET_ACCESS_KEY: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .register(secret, { looksKnown: isMadeUpKey }),
  /**
   * Where files are kept that people attach: a folder, as in `file:///var/files`, or a bucket, as in
   * `s3://BUCKET/PREFIX?region=…&endpoint=…`, with the keys below.
   */
  FILES_URL: url('file', 's3').default('file:.data/files'),
  S3_ACCESS_KEY_ID: unless('', z.string().max(200)),
  S3_SECRET_ACCESS_KEY: unless('none', z.string().max(200)).register(secret, {
    looksKnown: isMadeUpKey,
  }),
  /** The virus scanner, a clamd: host:port or its socket; without one or `none`, nothing is scanned. */
  CLAMD_ADDRESS: z
    .literal('none')
    .transform(() => undefined)
    .or(z.string().regex(/^(?:\/.+|[^\s/]+:\d+)$/, 'must be host:port or the path of a socket'))
    .optional(),
  /** Wraps the keys of sealed values: 1 to 4 of them, see keyring.ts; the first is the current one. */
  MASTER_KEY: keys(),
  /** Whether what Temporal stores is sealed; without it, in production only. */
  SEAL_PAYLOADS: flag.optional(),
  /** Where people open the product; links in letters lead there. */
  PUBLIC_URL: url('http', 'https').default('http://127.0.0.1:3000'),
  /** The mail server, as in smtps://name:password@mail.example.com; `none`, no letters leave. */
  SMTP_URL: unless('none', url('smtp', 'smtps')).register(secret, { looksKnown: hasKnownPassword }),
  /** Who letters are from. */
  MAIL_FROM: z.string().min(3).max(320).default('ProjectFlow <projectflow@localhost>'),
  /** By whom people may sign in besides their password, once there is a client of ours. */
  OIDC_ISSUER: z
    .literal('')
    .transform(() => GOOGLE)
    .or(z.string().max(500).refine(isIssuer, { error: 'must be an address with https' }))
    .default(GOOGLE),
  OIDC_CLIENT_ID: unless('', z.string().max(500)),
  OIDC_CLIENT_SECRET: unless('none', z.string().max(500)).register(secret, {
    looksKnown: isMadeUpKey,
  }),
  /** What the button says after «Continue with»; without it Google, or the issuer's host. */
  OIDC_NAME: unless('', z.string().trim().max(40)),
  /** Private networks that flows may reach all the same, as `10.1.0.0/16,fd00::/8`; else none. */
  EGRESS_OPEN_NETWORKS: z
    .string()
    .max(2_000)
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
    )
    .refine(areNetworks, { error: 'must be networks with commas between, as in 10.1.0.0/16' }),
  /** Who has it reads /metrics; without it, who asks from this host or a private network. */
  METRICS_TOKEN: z
    .string()
    .min(TOKEN_CHARS_MIN)
    .optional()
    .register(secret, { looksKnown: isMadeUpKey }),
  /** The collector that spans are sent to, by OTLP over HTTP; without one nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: unless(
    '',
    z.string().max(500).refine(isPlainAddress, {
      error: 'must be an address without a password, as in http://collector:4318',
    }),
  ),
  /** What that collector lets us in by: headers, as in `api-key=…,x-team=web`. */
  OTEL_EXPORTER_OTLP_HEADERS: unless(
    'none',
    z.string().max(4_000).refine(isHeaderList, {
      error: 'must be headers with commas between, as in api-key=VALUE,x-team=web',
    }),
  ).register(secret, { looksKnown: saysItIsNone }),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = Readonly<
  z.infer<typeof Environment> & { SEAL_PAYLOADS: boolean; SIGN_UP: 'open' | 'closed' }
>

const SECRETS = Object.entries(Environment.shape).filter(([, setting]) => secret.has(setting))

/**
 * Reads the configuration of a process from its environment and the files it names.
 * Throws one error that has a line for every variable that is missing or wrong.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const names = SECRETS.map(([name]) => name)
  const given = readSecretFiles(environment, names)
  const { data, error } = Environment.safeParse(given)
  if (error) {
    throw unusable(error.issues.map(({ path: [name], message }) => lineOf(given, name, message)))
  }
  if (data.PROJECTFLOW_DEMO && data.NODE_ENV === 'production') {
    throw new Error('Demo mode refuses to run with NODE_ENV=production: its passwords are public.')
  }
  if (data.PROJECTFLOW_DEMO && data.HOST !== '127.0.0.1') {
    throw new Error('Demo mode listens on 127.0.0.1 only: its passwords are public.')
  }
  if ((data.OIDC_CLIENT_ID === undefined) !== (data.OIDC_CLIENT_SECRET === undefined)) {
    throw unusable(['OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together: one of them is missing.'])
  }
  if ((data.AWS_ACCESS_KEY_ID === undefined) !== (data.AWS_SECRET_ACCESS_KEY === undefined)) {
    throw unusable([
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together: one of them is missing.',
    ])
  }
  const hasKeys = data.S3_ACCESS_KEY_ID !== undefined && data.S3_SECRET_ACCESS_KEY !== undefined
  if (data.FILES_URL.startsWith('s3:') && !hasKeys) {
    throw unusable([
      'FILES_URL is a bucket: S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are missing.',
    ])
  }
  if (!data.PROJECTFLOW_DEMO) refuseKnownSecrets(data)
  return Object.freeze({
    ...data,
    SEAL_PAYLOADS: data.SEAL_PAYLOADS ?? data.NODE_ENV === 'production',
    SIGN_UP: data.SIGN_UP ?? (data.PROJECTFLOW_DEMO ? 'open' : 'closed'),
  })
}

/**
 * The settings of a process as texts, to be compared and shown: a secret stands there as a
 * fingerprint, which nobody without COMMAND_KEY can try passwords on.
 */
export function shownSettings(config: Config): Record<string, string> {
  const secrets = new Set(SECRETS.map(([name]) => name))
  const given = Object.entries(config).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([name, value]) => {
      const text = String(value)
      return [name, secrets.has(name) ? fingerprint(config.COMMAND_KEY, `${name} ${text}`) : text]
    }),
  )
}

const fingerprint = (key: string, text: string) =>
  `secret ${createHmac('sha256', key).update(text).digest('hex').slice(0, FINGERPRINT_CHARS)}`

/** Secrets that one does not make, and who does. */
const GIVEN_TO_YOU: Readonly<Record<string, string>> = {
  OIDC_CLIENT_SECRET: 'The issuer',
  S3_SECRET_ACCESS_KEY: 'The store',
  OTEL_EXPORTER_OTLP_HEADERS: 'Whoever runs the collector',
}

/** What stands in manuals, others know too. */
function refuseKnownSecrets(data: Readonly<Record<string, unknown>>): void {
  const known = SECRETS.filter(([name, setting]) => {
    const value = data[name]
    return typeof value === 'string' && secret.get(setting)?.looksKnown(value)
  }).map(([name]) => {
    if (GIVEN_TO_YOU[name])
      return `${name} is a placeholder. ${GIVEN_TO_YOU[name]} gives it to you.`
    return name.endsWith('_URL')
      ? `${name} has a password that is a placeholder. Make one: openssl rand -hex 32`
      : `${name} is a placeholder. ${MAKE_A_KEY}`
  })
  if (known.length > 0) throw unusable(known)
}

/** What was given never stands in it. */
function lineOf(given: object, setting: PropertyKey | undefined, message: string): string {
  const name = String(setting)
  if (name in given && given[name as never] !== undefined) return `${name} ${message}`
  return name.endsWith('_KEY') ? `${name} is missing. ${MAKE_A_KEY}` : `${name} is missing.`
}

const unusable = (lines: readonly string[]) =>
  new Error(`The configuration is not usable.\n${lines.join('\n')}`)
