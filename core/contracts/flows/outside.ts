import { z } from 'zod'
import { isHostEntry } from '#core/flows/host-entry.ts'
import {
  EGRESS_HOSTS_MAX,
  FLOWS_PER_PROJECT_MAX,
  SECRET_CHARS_MAX,
  SECRET_CHARS_MIN,
  SECRETS_PER_PROJECT_MAX,
} from '#core/flows/limits.ts'
import { Id } from '../fields.ts'
import { PageAsked } from '../page.ts'
import { Instant, pageOf } from '../views.ts'
import { SecretName } from './secret-name.ts'
import { Person } from './views.ts'

/** A flow of the project, as it is called. */
const FlowNamed = z.strictObject({ flowId: Id, flowName: z.string() })

/** A secret of a project: nobody is told its value again. */
export const SecretView = z.strictObject({
  id: Id,
  name: SecretName,
  /** Who gave it the value it has, and when. */
  setBy: Person,
  setAt: Instant,
  /** The flows that name it, as drawn or as published. */
  usedBy: z.array(FlowNamed),
})
export type SecretView = z.infer<typeof SecretView>
export const SecretList = z.strictObject({
  items: z.array(SecretView).max(SECRETS_PER_PROJECT_MAX),
})

/** Keeps a value under a name, instead of the one it had. */
export const NewSecret = z.strictObject({
  name: SecretName,
  value: z
    .string()
    .min(SECRET_CHARS_MIN)
    .max(SECRET_CHARS_MAX)
    .refine((value) => /^[\t\x20-\x7e\x80-\xff]+$/.test(value), {
      error: 'has a character that no header can hold',
    }),
})

/** `force` takes a secret from flows that use it: their steps are refused from then on. */
export const RemovingSecret = z.strictObject({ force: z.literal('true').optional() })

/** A server outside that flows may ask: `a.example`, `*.a.example`, `a.example:8443`. */
const Host = z.string().toLowerCase().max(260).refine(isHostEntry, { error: 'is no host' })

export const HostView = z.strictObject({ host: z.string(), addedBy: Person, addedAt: Instant })
export type HostView = z.infer<typeof HostView>
export const HostList = z.strictObject({ items: z.array(HostView).max(EGRESS_HOSTS_MAX) })
export const NamedHost = z.strictObject({ host: Host })

/** One time a flow was kept from asking a server, as the audit has it. */
export const EgressDenial = FlowNamed.extend({
  host: z.string(),
  /** `egress.host_not_allowed`, `egress.address_shut` and others. */
  code: z.string(),
  runId: Id,
  at: Instant,
})
export type EgressDenial = z.infer<typeof EgressDenial>
export const EgressDenials = z.strictObject({ items: z.array(EgressDenial).max(50) })

const DELIVERY_STATUSES = ['waiting', 'sent', 'dead'] as const

/** A webhook a flow sends: tried again for a day, then it lies with the dead letters. */
export const DeliveryView = FlowNamed.extend({
  id: Id,
  runId: Id,
  url: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  tries: z.int(),
  /** What came of the last try: a code of ours or the status the server answered. */
  answer: z.string().nullable(),
  createdAt: Instant,
  /** When it is tried next. */
  tryAt: Instant.nullable(),
})
export type DeliveryView = z.infer<typeof DeliveryView>
export const DeliveryPage = pageOf(DeliveryView)
export const DeliveriesAsked = PageAsked.extend({ status: z.enum(DELIVERY_STATUSES).optional() })
export type DeliveriesAsked = z.infer<typeof DeliveriesAsked>

/** A flow that messages from outside start, and where they go. */
export const HookFlow = FlowNamed.extend({ active: z.boolean(), address: z.string() })
export type HookFlow = z.infer<typeof HookFlow>
export const HookFlows = z.strictObject({ items: z.array(HookFlow).max(FLOWS_PER_PROJECT_MAX) })

/** Asks for what messages are signed with; `renew` makes another, and ends the one there was. */
export const AskingSecret = z.strictObject({ renew: z.boolean() })
/** Of Standard Webhooks: `whsec_…`. */
export const SigningSecret = z.strictObject({ secret: z.string() })
