import { z } from 'zod'
import { Id } from './fields.ts'
import { Instant } from './views.ts'

const NAME_CHARS_MAX = 100
const DAYS_MAX = 365

/** What a token is good for: to ask, also to change, or also to manage people and workspaces. */
const Scope = z.enum(['read', 'write', 'manage'])
export type Scope = z.infer<typeof Scope>

export const NewApiToken = z.strictObject({
  name: z.string().trim().min(1).max(NAME_CHARS_MAX),
  scope: Scope,
  expiresInDays: z.int().min(1).max(DAYS_MAX),
})
export type NewApiToken = z.infer<typeof NewApiToken>

export const ApiTokenView = z.strictObject({
  id: Id,
  name: z.string(),
  scope: Scope,
  createdAt: Instant,
  expiresAt: Instant,
  /** To the minute. */
  lastUsedAt: Instant.nullable(),
})
export type ApiTokenView = z.infer<typeof ApiTokenView>

export const ApiTokens = z.strictObject({ items: z.array(ApiTokenView) })

/** The token itself is told this once. */
export const MadeApiToken = z.strictObject({ token: z.string(), item: ApiTokenView })
