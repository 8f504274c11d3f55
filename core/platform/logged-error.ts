import { stdSerializers } from 'pino'

/** What names the place of a fault in Postgres and never the values that were there. */
const NAMES = ['code', 'table', 'column', 'constraint', 'routine'] as const
/** Connection, sign-in, statement, resources, operator: their messages quote no values. */
const QUOTES_NO_VALUES = /^(?:08|28|3D|42|53|57)/
const FRAME = /^\s+at .+$/gm
const CAUSES_MAX = 5

/**
 * An error as it is logged. One of Postgres can hold the row it could not keep, in its message, its
 * detail and its place, so of such a one only names are told.
 */
export function loggedError(error: unknown, depth = 0): unknown {
  const fault = ofPostgres(error)
  if (fault) return withoutValues(fault)
  if (!(error instanceof Error)) return error
  const { cause } = error
  if (cause === undefined || depth === CAUSES_MAX) return stdSerializers.err(error)
  const { message, stack, ...more } = stdSerializers.err(withoutCause(error))
  return { ...more, message, stack, cause: loggedError(cause, depth + 1) }
}

type Fault = Error & Partial<Record<(typeof NAMES)[number], unknown>>

/** The error as the driver made it; Objection wraps it, Knex writes the statement before it. */
function ofPostgres(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined
  if ('severity' in error && 'code' in error) return error
  return 'nativeError' in error ? ofPostgres(error.nativeError) : undefined
}

function withoutValues(fault: Fault): object {
  const { message, stack = '' } = fault
  return {
    type: 'DatabaseError',
    ...(QUOTES_NO_VALUES.test(String(fault.code)) && { message }),
    ...Object.fromEntries(NAMES.map((name) => [name, fault[name]])),
    stack: (stack.match(FRAME) ?? []).join('\n'),
  }
}

/** Pino would add the messages of all causes to that of the error. */
function withoutCause(error: Error): Error {
  return Object.create(error, { cause: { value: undefined } }) as Error
}
