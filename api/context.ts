import type Koa from 'koa'

/** What middleware learns about a request on its way to the route. */
export interface State {
  /** Names the request in the log, in errors and in the audit. */
  requestId: string
  /** Where it came from. */
  ip: string
  /** Its span, where requests are traced. */
  traceparent?: string
  /** Who asked, once that is known. */
  userId?: string
  /** The ids in its path, by name, once they are found to be some. */
  ids?: Readonly<Record<string, string>>
}

export type Context = Koa.ParameterizedContext<State>
export type Middleware = Koa.Middleware<State>
