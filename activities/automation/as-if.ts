import type { Output, RunCause } from '#core/contracts/flows/run.ts'
import { triggers } from '#core/contracts/flows/triggers.ts'

/** What starts a flow, as far as a draft says it. */
export interface DraftTrigger {
  readonly type: string
  readonly with: Readonly<Record<string, unknown>>
}

/** What a trigger would give if it happened now, to a card or to none, because of somebody. */
export function asIf(
  { type, with: params }: DraftTrigger,
  { card, actorId, given }: { card: Output | null; actorId: string; given: Output },
): { trigger: RunCause; card: Output | null } {
  const moved = type === 'card.moved' && card ? toWhereItStarts(params, card) : card
  const known: Output = {
    from: first(params['from']) ?? card?.['columnId'] ?? null,
    to: moved?.['columnId'] ?? null,
    userId: first(params['userIds']) ?? actorId,
    labelId: first(params['labelIds']) ?? null,
    columnId: first(params['columnIds']) ?? null,
    flowId: first(params['flowIds']) ?? null,
    status: params['status'] ?? 'done',
    action: first(params['actions']) ?? null,
    decision: 'allowed',
    changes: {},
    text: '',
    body: {},
    headers: {},
    input: {},
  }
  const names = Object.hasOwn(triggers, type) ? triggers[type]!.gives : []
  const values = Object.fromEntries(names.map((name) => [name, given[name] ?? known[name] ?? null]))
  return { trigger: { ...values, type, at: new Date().toISOString(), actorId }, card: moved }
}

const first = (ids: unknown): unknown => (Array.isArray(ids) ? ids[0] : undefined)

const toWhereItStarts = (params: DraftTrigger['with'], card: Output): Output => ({
  ...card,
  columnId: first(params['to']) ?? card['columnId'],
})
