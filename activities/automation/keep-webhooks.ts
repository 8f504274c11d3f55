import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { EgressError } from '#core/platform/egress/egress-error.ts'
import type { Log } from '#core/platform/log.ts'
import { recordEgressDenial } from './record-egress-denial.ts'
import type { ActTools } from './tools.ts'
import { signedHeaders, signingSecret } from './webhook-signature.ts'

const LOOK_EVERY_MS = 1_000
const AT_ONCE_MAX = 10
/** After each try until the next: eight tries in a day, then the message lies with the dead letters. */
const PAUSES_SECONDS = [60, 300, 1_800, 7_200, 14_400, 28_800, 33_840]
const TRIES_MAX = PAUSES_SECONDS.length + 1

export type DeliveryTools = Pick<ActTools, 'database' | 'commandKey' | 'egress' | 'recordAudit'>

interface Delivery {
  readonly id: string
  readonly workspaceId: string
  readonly projectId: string
  readonly flowId: string
  readonly runId: string
  readonly actorId: string
  readonly url: string
  readonly body: unknown
  readonly tries: number
  readonly hosts: readonly string[]
}

/** Sends what flows have to send, until `signal` aborts. */
export async function keepWebhooks(
  tools: DeliveryTools & { readonly log: Log },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await deliverDue(tools).catch((error: unknown) => {
      tools.log.warn({ error }, 'could not look after the webhooks')
    })
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

/** One round; answers how many were due. */
export async function deliverDue(tools: DeliveryTools): Promise<number> {
  const due = await claim(tools.database)
  await Promise.all(due.map((each) => deliver(tools, each)))
  return due.length
}

/**
 * Whoever has it tries it, and says before when it is tried again: a process that dies meanwhile
 * leaves it due. Receivers tell by its id what they have had already. Out of a deleted workspace nothing
 * goes; it waits for the way back.
 */
async function claim(database: Knex): Promise<Delivery[]> {
  const { rows } = await writeAs(database, THE_HOUSE, (trx) =>
    trx.raw<{ rows: Delivery[] }>(
      `update webhook_deliveries d
       set tries = d.tries + 1,
         try_at = now() + make_interval(secs => (?::int[])[least(d.tries + 1, ?)])
       from flows f
       where f.id = d.flow_id and d.id in (
         select w.id from webhook_deliveries w
         join workspaces s on s.id = w.workspace_id and s.deleted_at is null
         where w.try_at <= now() order by w.try_at limit ? for update of w skip locked)
       returning d.id, d.workspace_id as "workspaceId", d.project_id as "projectId",
         d.flow_id as "flowId", d.run_id as "runId", f.actor_id as "actorId", d.url, d.body, d.tries,
         array(select host from egress_hosts h where h.project_id = d.project_id) as hosts`,
      [PAUSES_SECONDS, PAUSES_SECONDS.length, AT_ONCE_MAX],
    ),
  )
  return rows
}

async function deliver(tools: DeliveryTools, delivery: Delivery): Promise<void> {
  const answer = await send(tools, delivery)
  const isTaken = /^2\d\d$/.test(answer)
  const isOver = isTaken || delivery.tries >= TRIES_MAX || FINAL.has(answer)
  await writeAs(tools.database, { workspaceId: delivery.workspaceId }, async (trx) => {
    const ended = { status: isTaken ? 'sent' : 'dead', try_at: null, ended_at: trx.fn.now() }
    await trx('webhook_deliveries')
      .where({ id: delivery.id })
      .update({ answer, ...(isOver && ended) })
  })
}

/** What no other try would mend, but somebody who allows the host and sends it again. */
const FINAL = new Set(['egress.host_not_allowed', 'egress.address_shut', 'egress.url_invalid'])

async function send(tools: DeliveryTools, delivery: Delivery): Promise<string> {
  const { id, projectId, hosts, url } = delivery
  const body = JSON.stringify(delivery.body)
  try {
    const secret = signingSecret(tools.commandKey, projectId)
    const { status } = await tools.egress.ask(projectId, hosts, {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...signedHeaders(secret, id, body) },
      secretHeaders: {},
      body,
    })
    return String(status)
  } catch (error) {
    if (!(error instanceof EgressError)) throw error
    if (error.isDenial) await recordEgressDenial(tools, delivery, error)
    return error.code
  }
}
