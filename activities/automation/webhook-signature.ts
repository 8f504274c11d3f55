import { createHmac, timingSafeEqual } from 'node:crypto'

/** What is signed differently is signed too long ago, or for too long ahead. */
const AGE_SECONDS_MAX = 300

/** What the messages of a project are signed with, as its receivers are told it (Standard Webhooks). */
export const signingSecret = (commandKey: string, projectId: string): string =>
  `whsec_${keyOf(commandKey, `webhooks of ${projectId}`).toString('base64')}`

/** What messages to a flow are signed with; a new number makes a new one. */
export const hookSecret = (commandKey: string, flowId: string, number: number): string =>
  `whsec_${keyOf(commandKey, `hook ${flowId} ${number}`).toString('base64')}`

/** The headers of a signed message (Standard Webhooks). */
export function signedHeaders(secret: string, id: string, body: string, nowMs = Date.now()) {
  const timestamp = String(Math.floor(nowMs / 1_000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(secret, id, timestamp, body),
  }
}

/** Whether a message was signed with the secret, within the last five minutes. */
export function isSigned(
  secret: string,
  { id, timestamp, signature }: { id: string; timestamp: string; signature: string },
  body: string,
  nowMs = Date.now(),
): boolean {
  const age = Math.abs(nowMs / 1_000 - Number(timestamp))
  if (!(age <= AGE_SECONDS_MAX)) return false
  const expected = Buffer.from(signatureOf(secret, id, timestamp, body))
  return signature.split(' ').some((each) => {
    const given = Buffer.from(each)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

const keyOf = (commandKey: string, what: string): Buffer =>
  createHmac('sha256', Buffer.from(commandKey, 'base64url')).update(what).digest()
