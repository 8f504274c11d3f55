import { z } from 'zod'
import { Id } from '../fields.ts'
import { isTimeZone } from '#core/kernel/time-zone.ts'
import { CronText } from './cron.ts'

const EDITABLE = ['title', 'description', 'dueOn', 'priority', 'points', 'colour'] as const
const JOB_ENDS = ['done', 'failed', 'cancelled'] as const

/** The contract of a trigger. */
export interface TriggerContract {
  readonly title: string
  /** What it is about: whether the run has a card of its own, as `card`. */
  readonly about: 'card' | 'column' | 'job' | 'time' | 'outside'
  readonly params: z.ZodObject
  /** The names beside `trigger.type`, `at` and `actorId` that steps may read of `trigger`. */
  readonly gives: readonly string[]
  /** The version of what `trigger` holds; it grows when something is taken out or means another thing. */
  readonly version: 1
}

const define = (
  title: string,
  about: TriggerContract['about'],
  shape: z.ZodRawShape,
  gives: readonly string[] = [],
): TriggerContract => ({ title, about, params: z.strictObject(shape), gives, version: 1 })

const TimeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, { error: 'is the name of a time zone, such as Europe/Berlin' })

const ids = z.array(Id).min(1).max(50).optional()
const job = { status: z.enum(JOB_ENDS).optional() }
const actions = z.array(z.string().max(60)).min(1).max(20)
const column = { columnIds: ids }

/** Everything that can start a flow. */
export const triggers: Readonly<Record<string, TriggerContract>> = {
  'card.created': define('A card is created', 'card', { columnIds: ids }),
  'card.moved': define('A card is moved', 'card', { from: ids, to: ids }, ['from', 'to']),
  'card.changed': define(
    'A field of a card changes',
    'card',
    {
      fields: z.array(z.enum(EDITABLE)).min(1).optional(),
      how: z.enum(['any', 'set', 'cleared']).default('any'),
    },
    ['changes'],
  ),
  'card.assigned': define('Somebody is assigned', 'card', { userIds: ids }, ['userId']),
  'card.unassigned': define('Somebody is taken off', 'card', { userIds: ids }, ['userId']),
  'card.labelled': define('A label is put on', 'card', { labelIds: ids }, ['labelId']),
  'card.unlabelled': define('A label is taken off', 'card', { labelIds: ids }, ['labelId']),
  'card.commented': define('Somebody comments', 'card', {}, ['commentId', 'text']),
  'card.attached': define('A file is attached', 'card', {}, ['attachmentId']),
  'card.checklist_finished': define('A checklist is finished', 'card', {}),
  'card.due_soon': define('A card is due soon', 'card', {
    days: z.int().min(1).max(30).default(1),
  }),
  'card.overdue': define('A card is overdue', 'card', {}),
  'card.archived': define('A card is archived', 'card', {}),
  'card.restored': define('A card is restored', 'card', {}),
  'column.created': define('A column is added', 'column', {}, ['columnId']),
  'column.renamed': define('A column is renamed', 'column', column, ['columnId']),
  'column.moved': define('A column is moved', 'column', column, ['columnId']),
  'column.archived': define('A column is archived', 'column', column, ['columnId']),
  'ai.job.finished': define('An AI job ends', 'job', job, ['jobId', 'status', 'result']),
  'clone.job.finished': define('A site clone ends', 'job', job, ['jobId', 'status', 'result']),
  'browser.session.ended': define('A browser session ends', 'job', job, ['jobId', 'status']),
  'flow.finished': define('A flow ends', 'job', { ...job, flowIds: ids }, [
    'flowId',
    'runId',
    'status',
    'error',
  ]),
  'audit.event': define('The audit notes something', 'outside', { actions }, [
    'action',
    'decision',
    'targetId',
  ]),
  schedule: define('At a time', 'time', { cron: CronText, timeZone: TimeZone }),
  webhook: define('A webhook comes in', 'outside', {}, ['body', 'headers', 'deliveryId']),
  'button.card': define('The button on a card', 'card', { label: z.string().min(1).max(40) }),
  'button.board': define('The button on a board', 'outside', { label: z.string().min(1).max(40) }, [
    'boardId',
  ]),
  called: define('Another flow calls it', 'outside', {}, ['input']),
}
