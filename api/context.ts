import type Koa from 'koa'

/** What middleware learns about a request on its way to the route. */
export interface State {
  /** Names the request in the log, in errors and in the audit. */
  requestId: string
  /** Where it came from. */
  ip: string
}

export type Context = Koa.ParameterizedContext<State>
export type Middleware = Koa.Middleware<State>
