import { z } from 'zod'
import { FLOWS_PER_PROJECT_MAX, JSON_DEPTH_MAX } from '#core/flows/limits.ts'
import { CARDS_PER_BOARD_MAX } from '#core/kernel/limits.ts'
import { Id, Name, Title } from '../fields.ts'
import { PageAsked } from '../page.ts'
import { BotView, Instant, pageOf } from '../views.ts'
import { isDeeper } from './check-shape.ts'

/** How a run is: `waiting` is one that goes on when somebody answers, something happens or time is over. */
const RUN_STATUSES = ['running', 'waiting', 'done', 'failed', 'cancelled', 'throttled'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** What runs can be looked for by: `stuck` are some of those that run, `loop` some of those that failed. */
const RUN_FILTERS = [...RUN_STATUSES, 'stuck', 'loop'] as const

/** NUL and halves of surrogate pairs, which JSON writes as escapes. */
function isStorable(value: unknown): boolean {
  const text = JSON.stringify(value).replaceAll('\\\\', '')
  return !/\\u(?:0000|d[89a-f])/.test(text)
}

/** A run in lists. */
export const RunHead = z.strictObject({
  id: Id,
  projectId: Id,
  flowId: Id,
  flowName: z.string(),
  version: z.int(),
  card: z.strictObject({ id: Id, boardId: Id, title: z.string() }).nullable(),
  status: z.enum(RUN_STATUSES),
  /** Whether it neither waits nor has come any further for ten minutes. */
  isStuck: z.boolean(),
  /** Why it failed or was cancelled. */
  error: z
    .strictObject({
      code: z.string().optional(),
      message: z.string().optional(),
      /** The id of the step that failed. */
      step: z.string().optional(),
      /** Why it was cancelled. */
      reason: z.string().optional(),
    })
    .nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
})
export type RunHead = z.infer<typeof RunHead>
export const RunPage = pageOf(RunHead)

export const RunsAsked = PageAsked.extend({
  flowId: Id.optional(),
  cardId: Id.optional(),
  status: z.enum(RUN_FILTERS).optional(),
  /** Begun at this time or after it, and before that. */
  from: Instant.optional(),
  to: Instant.optional(),
})
export type RunsAsked = z.infer<typeof RunsAsked>

/** Somebody, as lists show them. */
export const Person = z.strictObject({ id: Id, name: z.string(), hue: z.int() })

/** One time a step was done. */
export const RunStep = z.strictObject({
  /** Where in the run: the step's id behind the rounds of loops it is in. */
  key: z.string(),
  stepId: z.string(),
  type: z.string(),
  /** As people call it. */
  label: z.string(),
  status: z.enum(['running', 'done', 'failed', 'taken back']),
  /** What it was given and what it gave, without secrets. */
  input: z.unknown(),
  output: z.unknown(),
  error: z.unknown(),
  /** Whom it did not tell, as flows had told them enough in that hour. */
  notTold: z.array(Person),
  attempts: z.int(),
  /** How many cards it changed; null where that is not known. */
  cards: z.int().nullable(),
  /** Of bodies, to servers outside and from them; null where it asked none. */
  bytesSent: z.int().nullable(),
  bytesReceived: z.int().nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
})
export type RunStep = z.infer<typeof RunStep>

/** What a run has asked people. */
export const ApprovalView = z.strictObject({
  /** The step that waits for the answer, by its key. */
  key: z.string(),
  question: z.string(),
  status: z.enum(['open', 'approved', 'rejected', 'over']),
  askedAt: Instant,
  deadline: Instant,
  approvers: z.array(Person),
  answeredBy: z.array(Person),
})
export type ApprovalView = z.infer<typeof ApprovalView>

/** What waits for somebody's answer, wherever it is asked. */
export const WaitingApproval = ApprovalView.extend({
  runId: Id,
  projectId: Id,
  flowName: z.string(),
  card: RunHead.shape.card,
})
export type WaitingApproval = z.infer<typeof WaitingApproval>
export const WaitingApprovals = z.strictObject({ items: z.array(WaitingApproval).max(100) })

/** What set a run off, and who did. */
const RunCauseView = z.strictObject({
  type: z.string().nullable(),
  actor: Person.nullable(),
  /** What the flow was told of it: the moved card's columns, the message that came in. */
  given: z.unknown(),
  /** The flows that set each other off up to it, the first one first; only those still there. */
  chain: z.array(z.strictObject({ flowId: Id, flowName: z.string() })),
  /** The run whose end or call it was, or that it begins again. */
  run: z.strictObject({ id: Id, isAgain: z.boolean() }).nullable(),
})

/** What a run has cost so far, of all its steps. */
const RunCost = z.strictObject({
  /** Steps that have done something, and how often each was tried. */
  acts: z.int(),
  attempts: z.int(),
  /** How long those took, one after the other: waiting for time and people costs nothing. */
  workedMs: z.int(),
  cards: z.int(),
  bytesSent: z.int(),
  bytesReceived: z.int(),
})
export type RunCost = z.infer<typeof RunCost>

/** A run by itself. */
export const RunView = RunHead.extend({
  cause: RunCauseView,
  /** What a run can be begun again with: its steps as they stand, and the version published now. */
  again: z.strictObject({ fromSteps: z.boolean(), newest: z.int().nullable() }),
  steps: z.array(RunStep),
  cost: RunCost,
  approvals: z.array(ApprovalView),
  /** Where operators see its workflow. */
  workflowUrl: z.string(),
})
export type RunView = z.infer<typeof RunView>

/** Keys by which an object could become another. */
const MISLEADING = ['__proto__', 'constructor', 'prototype']

function hasKey(value: unknown, keys: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  return (
    keys.some((key) => Object.hasOwn(value, key)) ||
    Object.values(value).some((each) => hasKey(each, keys))
  )
}

/** What runs on a card, for the board to show. */
export const CardRun = z.strictObject({
  cardId: Id,
  runId: Id,
  status: z.enum(['running', 'waiting', 'failed']),
  /** Whether it waits for an answer of whoever looks. */
  isAsked: z.boolean(),
})
export type CardRun = z.infer<typeof CardRun>
export const CardRuns = z.strictObject({ items: z.array(CardRun).max(CARDS_PER_BOARD_MAX) })

/** A draft is any JSON object that can be stored; nothing else of it needs to be right yet. */
export const Draft = z
  .unknown()
  // A record of zod leaves out what is to be refused here.
  .refine((draft) => typeof draft === 'object' && draft !== null && !Array.isArray(draft), {
    error: 'is no object',
    abort: true,
  })
  .refine((draft) => !isDeeper(draft, JSON_DEPTH_MAX), {
    error: `has more than ${JSON_DEPTH_MAX} brackets within brackets`,
    abort: true,
  })
  .refine((draft) => !hasKey(draft, MISLEADING), { error: 'has a key that no object may have' })
  .refine(isStorable, { error: 'holds a character that cannot be stored' })
  .meta({ type: 'object' }) as unknown as z.ZodType<Readonly<Record<string, unknown>>>

/** A flow in the list of its project. */
export const FlowHead = z.strictObject({
  id: Id,
  projectId: Id,
  /** The one board whose events start it; null for all of the project. */
  boardId: Id.nullable(),
  name: z.string(),
  /** The type of what starts it, as drawn now. */
  trigger: z.string().nullable(),
  steps: z.int(),
  /** The version new runs follow; null when there is none yet. */
  published: z.int().nullable(),
  active: z.boolean(),
  /** Why it was put out of action when nobody did it: `failures` or `loop`. */
  pausedBecause: z.string().nullable(),
  /** Its newest runs, the newest first. */
  lastRuns: z.array(z.strictObject({ id: Id, status: z.enum(RUN_STATUSES), startedAt: Instant })),
  /** How many runs are not over. */
  running: z.int(),
})
export type FlowHead = z.infer<typeof FlowHead>
export const FlowList = z.strictObject({ items: z.array(FlowHead).max(FLOWS_PER_PROJECT_MAX) })

/** A flow as it is drawn, beside what is published of it. */
export const FlowView = z.strictObject({
  id: Id,
  projectId: Id,
  boardId: Id.nullable(),
  name: z.string(),
  published: z.int().nullable(),
  active: z.boolean(),
  pausedBecause: z.string().nullable(),
  draft: Draft,
  /** Grows with each change of the draft; a change names the one it builds on. */
  draftVersion: z.int(),
  /** What is published, with what was left out filled in. */
  definition: Draft.nullable(),
  /** Who has changed what since: steps by their ids, `trigger`, `name` and `settings`. */
  authors: z.record(z.string(), z.array(Person)),
})
export type FlowView = z.infer<typeof FlowView>

/** A flow to begin with: nothing, a template with what was chosen for it, or what was exported. */
export const NewFlow = z.strictObject({
  name: Name,
  boardId: Id.optional(),
  template: z.string().max(60).optional(),
  choices: z.record(z.string().max(60), z.string().max(2_000)).optional(),
  draft: Draft.optional(),
})
export type NewFlow = z.infer<typeof NewFlow>

export const DraftSaved = z.strictObject({ draftVersion: z.int() })
export const NewDraft = z.strictObject({ baseVersion: z.int(), draft: Draft })

export const FlowProblems = z.strictObject({
  problems: z.array(
    z.strictObject({
      code: z.string(),
      message: z.string(),
      path: z.string(),
      stepId: z.string().optional(),
    }),
  ),
})

/** Publishes the draft over the version the publisher knows; null when there was none. */
export const Publishing = z.strictObject({
  baseVersion: z.int().nullable(),
  /** The draft the publisher has seen: what somebody else has drawn since is not published unseen. */
  draftVersion: z.int().optional(),
  /** What has changed, and why, in a line. */
  message: Title,
})

/** Publishes what `version` was once more, as a version of its own. */
export const RollingBack = z.strictObject({ version: z.int(), baseVersion: z.int() })

export const Published = z.strictObject({ version: z.int() })

/** The bot of a flow in the list of its workspace: a member of the flow's project. */
export const ListedBot = BotView.extend({ flowId: Id, projectId: Id, projectName: z.string() })
export type ListedBot = z.infer<typeof ListedBot>

/** Whether runs that are under way go on or are cancelled. */
export const Deactivating = z.strictObject({ cancelRuns: z.boolean() })

export const FlowVersionView = z.strictObject({
  version: z.int(),
  message: z.string(),
  publishedBy: Person,
  publishedAt: Instant,
})
export type FlowVersionView = z.infer<typeof FlowVersionView>
export const FlowVersionPage = pageOf(FlowVersionView)

/** A version of a flow, or its draft: what is exported, and can be imported again. */
export const Definition = z.strictObject({ version: z.int().nullable(), definition: Draft })
export const DefinitionAsked = z.strictObject({
  /** Without it, the draft. */
  version: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .optional(),
})

/** Beginning a run again that is over; the new one goes on from a step, or begins anew. */
export const RunningAgain = z.strictObject({
  /** The key of a step, or `failed` for the one it failed at; from the beginning without it. */
  from: z.string().min(1).max(500).optional(),
  /** Whether it follows what is published now, and not what it followed before. */
  isNewest: z.boolean(),
})

/** Somebody's answer to what a run asks; `step` is the key of the step that waits for it. */
export const Answer = z.strictObject({
  step: z.string().min(1).max(500),
  approved: z.boolean(),
  comment: z.string().max(2_000).optional(),
})
