import { lookup as lookUp } from 'node:dns'
import {
  request as plainRequest,
  validateHeaderName,
  validateHeaderValue,
  type IncomingMessage,
} from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { EgressError } from './egress-error.ts'

const REDIRECTS_MAX = 5
const URL_CHARS_MAX = 2_000
/** They say who is asked and where a message ends: by them a host on the list could hand on to another. */
const OURS = [
  'connection',
  'content-length',
  'expect',
  'host',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent to the host that was asked first, and to no other that it may send us to. */
  readonly secretHeaders: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface EgressRules {
  /** Whether the host of an address may be asked at all. */
  readonly isListed: (url: URL) => boolean
  /** Whether an address that a name led to may be reached. */
  readonly isOpen: (address: string) => boolean
  readonly timeLimitMs: number
  readonly answerBytesMax: number
}

/**
 * Asks a server outside. Each hop is checked by itself, by its name and by the address the
 * connection is made to: a name that leads elsewhere on a second look reaches nothing else. Throws
 * an EgressError.
 */
export async function askOutside(asked: Asked, rules: EgressRules): Promise<Answer> {
  const signal = AbortSignal.timeout(rules.timeLimitMs)
  let hop: Asked = asked
  for (let hops = 0; hops <= REDIRECTS_MAX; hops += 1) {
    const url = checkedUrl(hop.url, rules)
    const message = await sent(url, hop, rules, signal)
    const next = redirectOf(message, url, hop)
    if (!next) return await answerOf(message, url, rules)
    message.destroy()
    hop = next
  }
  const { host } = new URL(asked.url)
  throw new EgressError('egress.redirects', host, `${host} sends on and on: ask where it leads to.`)
}

function checkedUrl(text: string, rules: EgressRules): URL {
  const url = text.length <= URL_CHARS_MAX ? URL.parse(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    const message = 'It has to be an address with http or https, without a name and password in it.'
    throw new EgressError('egress.url_invalid', '', message)
  }
  if (!rules.isListed(url)) {
    const message = `This project does not allow ${url.host}: somebody who runs it can add the host.`
    throw new EgressError('egress.host_not_allowed', url.host, message)
  }
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) !== 0 && !rules.isOpen(literal)) throw shut(url.host)
  return url
}

async function sent(
  url: URL,
  { method, headers, secretHeaders, body }: Asked,
  rules: EgressRules,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? tlsRequest : plainRequest
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const asking = send(url, {
    method,
    headers: {
      'user-agent': 'ProjectFlow',
      accept: 'application/json, text/*;q=0.9, */*;q=0.1',
      ...sendable({ ...headers, ...secretHeaders }, url),
      'accept-encoding': 'identity',
    },
    agent: false,
    lookup: openAddresses(url, rules),
    signal,
  })
  asking.on('response', resolve).on('error', (error) => reject(asEgress(error, url, signal)))
  asking.end(body ?? undefined)
  return await promise
}

/** Headers as they may be sent; the message says which may not, and never what was to stand in it. */
function sendable(headers: Asked['headers'], { host }: URL): Asked['headers'] {
  for (const [name, value] of Object.entries(headers)) {
    if (OURS.includes(name.toLowerCase())) {
      const text = `The header ${name.toLowerCase()} is sent by itself: take it out.`
      throw new EgressError('egress.header_invalid', host, text)
    }
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      const text = `The header ${JSON.stringify(name)} cannot be sent: it may hold letters, digits and signs, and no line breaks.`
      throw new EgressError('egress.header_invalid', host, text)
    }
  }
  return headers
}

/** The addresses of a name, if all of them may be reached: the connection is made to one of these. */
function openAddresses(url: URL, { isOpen }: EgressRules): LookupFunction {
  return (hostname, options, done) => {
    lookUp(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      if (found.length === 0 || !found.every(({ address }) => isOpen(address))) {
        return done(shut(url.host), '')
      }
      if (options.all) return done(null, found)
      done(null, found[0]!.address, found[0]!.family)
    })
  }
}

function redirectOf(message: IncomingMessage, from: URL, hop: Asked): Asked | null {
  const { statusCode: status = 0 } = message
  const { location } = message.headers
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null
  const to = URL.parse(location, from)
  if (!to || (from.protocol === 'https:' && to.protocol !== 'https:')) {
    message.destroy()
    const text = `${from.host} sends to where nobody should follow.`
    throw new EgressError('egress.redirects', from.host, text)
  }
  const isSame = to.origin === from.origin
  const isAsked = status === 307 || status === 308 || ['GET', 'HEAD'].includes(hop.method)
  return {
    method: isAsked ? hop.method : 'GET',
    url: to.href,
    headers: isSame ? hop.headers : withoutCredentials(hop.headers),
    secretHeaders: isSame ? hop.secretHeaders : {},
    body: isAsked ? hop.body : null,
  }
}

const withoutCredentials = (headers: Asked['headers']) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !['authorization', 'cookie', 'proxy-authorization'].includes(name.toLowerCase()),
    ),
  )

async function answerOf(
  message: IncomingMessage,
  url: URL,
  { answerBytesMax }: EgressRules,
): Promise<Answer> {
  if (!['', 'identity'].includes(message.headers['content-encoding'] ?? '')) {
    message.destroy()
    const text = `${url.host} answers in an encoding nobody asked for.`
    throw new EgressError('egress.encoded', url.host, text)
  }
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of message) {
      parts.push(part as Buffer)
      bytes += (part as Buffer).length
      if (bytes > answerBytesMax) throw tooLarge(url.host, answerBytesMax)
    }
  } catch (error) {
    throw error instanceof EgressError ? error : asEgress(error as Error, url)
  }
  const headers = Object.entries(message.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return {
    status: message.statusCode!,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(parts),
  }
}

const shut = (host: string) =>
  new EgressError('egress.address_shut', host, `${host} leads into a network flows do not reach.`)
const tooLarge = (host: string, bytesMax: number) =>
  new EgressError(
    'egress.too_large',
    host,
    `${host} answers more than ${Math.floor(bytesMax / 1024)} KB: ask it for less.`,
  )

function asEgress(error: Error, { host }: URL, signal?: AbortSignal): EgressError {
  if (error instanceof EgressError) return error
  if (signal?.aborted || error.name === 'AbortError' || error.name === 'TimeoutError') {
    return new EgressError('egress.too_slow', host, `${host} did not answer in time.`)
  }
  return new EgressError('egress.away', host, `${host} could not be reached.`)
}
