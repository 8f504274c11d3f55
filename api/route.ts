import type { z } from 'zod'
import type { ActionType } from '#core/contracts/actions.ts'
import type { ErrorCode } from '#core/contracts/errors.ts'
import type { Permission, Rule } from '#core/kernel/permissions.ts'
import type { Context } from './context.ts'
import type { Parts } from './parts.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The names in an address: `/cards/:cardId/labels/:labelId` has cardId and labelId. */
type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & ParamsOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Record<Name, string>
    : Record<never, string>

/** A request whose parts have been read and found right, on its way into a route. */
export interface Call<Params, Query, Body> {
  readonly ctx: Context
  readonly parts: Parts
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** Who asks; empty where nobody needs to sign in. */
  readonly userId: string
  /** The session they ask from. */
  readonly sessionId: string | null
  /** What the route asks of the caller's role, where it is about a thing of a workspace. */
  readonly permission: Permission
  /** Whose the card must be for `card.write.own` to be enough. */
  readonly own?: Rule['own']
  /** The Idempotency-Key of a write, the caller's or one of ours; empty for a read or a file. */
  readonly key: string
}

/** One route as data: the router serves it and /openapi.json describes it. */
export interface Route {
  readonly method: Method
  /** Below /api/v1; every `:name` is an id. */
  readonly path: string
  readonly summary: string
  /** A session is more than a user: a program with a token does not manage who signs in. */
  readonly access: 'anyone' | 'user' | 'session'
  readonly permission: Permission
  readonly own?: Rule['own']
  readonly query: z.ZodObject | null
  readonly body: z.ZodType | null
  /** Whether the body is the bytes of a file, which the route reads itself. */
  readonly takesFile: boolean
  readonly status: number
  readonly answer: z.ZodType | null
  readonly refusals: readonly ErrorCode[]
  /** Whether the answer is server-sent events, each of which holds one `answer`. */
  readonly isStream: boolean
  /** Whether the answer has an ETag, and 304 is an answer. */
  readonly hasEtag: boolean
  /** The action the route asks for, where it is one. */
  readonly action?: ActionType
  handle(call: Call<Record<string, string>, unknown, unknown>): Promise<unknown>
}

interface Wanted<Path extends string, Query, Body> {
  method: Method
  path: Path
  summary: string
  access?: 'anyone' | 'session'
  permission?: Permission
  own?: Rule['own']
  query?: Query
  body?: Body
  takesFile?: true
  status?: number
  answer: z.ZodType | null
  refusals?: readonly ErrorCode[]
  isStream?: true
  hasEtag?: true
  handle(call: Call<ParamsOf<Path>, z.infer<Query>, z.infer<Body>>): Promise<unknown>
}

/** Describes one route that is not an action; what it answers becomes the body. */
export function route<
  Path extends string,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
>(wanted: Wanted<Path, Query, Body>): Route {
  const {
    access = 'user',
    permission = 'board.read',
    query = null,
    body = null,
    status = 200,
  } = wanted
  const { refusals = [], isStream = false, hasEtag = false, takesFile = false } = wanted
  const handle = wanted.handle as unknown as Route['handle']
  const asked = { permission, query, body, takesFile }
  return { ...wanted, access, ...asked, status, refusals, isStream, hasEtag, handle }
}
