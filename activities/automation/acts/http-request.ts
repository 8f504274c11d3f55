import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { asText } from '#core/flows/filters.ts'
import type { Answer } from '#core/platform/egress/ask-outside.ts'
import { askForFlow } from '../ask-for-flow.ts'
import { bodyOf } from '../body-of.ts'
import { commandIdOf } from '../command-id.ts'
import { homeOf } from '../home-of.ts'
import { keepable } from '../keepable.ts'
import { masked } from '../masked.ts'
import { secretsOf } from '../secrets-of.ts'
import type { DoAct } from '../tools.ts'

interface Wanted {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly secretHeaders: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** What a run may keep of an answer's head; cookies and tokens are not among it. */
const KEPT_HEADERS = ['content-type', 'date', 'etag', 'last-modified', 'link', 'location']
const KEPT_PREFIXES = ['x-ratelimit-', 'retry-after']

/** Asks a server outside. Whoever is asked twice sees by the key that it is the same. */
export const httpRequest: DoAct = async (tools, order) => {
  const wanted = bodyOf(nodes['http.request']!.params, order.with) as unknown as Wanted
  const home = await homeOf(tools.database, order)
  const { workspaceId } = order
  const names = [...new Set(Object.values(wanted.secretHeaders))]
  const secrets = await secretsOf(tools, workspaceId, home.projectId, names)
  const hidden = Object.entries(wanted.secretHeaders).map(([header, name]) => [
    header,
    secrets.get(name)!,
  ])
  const isText = typeof wanted.body === 'string' || wanted.body === undefined
  const body = wanted.body === undefined ? null : isText ? asText(wanted.body) : json(wanted.body)
  const answer = await askForFlow(tools, order, home, {
    method: wanted.method,
    url: wanted.url,
    headers: {
      ...(!isText && { 'content-type': 'application/json' }),
      'idempotency-key': commandIdOf(order.key),
      ...wanted.headers,
    },
    secretHeaders: Object.fromEntries(hidden) as Record<string, string>,
    body,
  })
  const bytes = { sent: Buffer.byteLength(body ?? ''), received: answer.body.length }
  return { output: outputOf(answer, secrets.values()), cards: 0, bytes }
}

const json = (value: unknown) => JSON.stringify(value)

function outputOf(answer: Answer, secrets: Iterable<string>) {
  const hidden = [...secrets]
  const headers = Object.entries(answer.headers)
    .filter(
      ([name]) => KEPT_HEADERS.includes(name) || KEPT_PREFIXES.some((p) => name.startsWith(p)),
    )
    .map(([name, value]) => [name, masked(value, hidden)])
  const text = answer.body.toString('utf8')
  const isJson = (answer.headers['content-type'] ?? '').includes('json')
  const value = isJson ? keepable(parsed(text)) : text
  return {
    status: answer.status,
    headers: Object.fromEntries(headers) as Record<string, string>,
    // Written anew first: JSON can write each character of a secret as an escape.
    body: parsed(masked(JSON.stringify(value), hidden)),
  }
}

/** A text that says it is JSON and is not stays a text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
