import { nodeOf } from '#core/contracts/flows/check-step.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { triggers } from '#core/contracts/flows/triggers.ts'
import { durationMs } from '#core/flows/duration.ts'
import { asText } from '#core/flows/filters.ts'
import { t, te } from '../shell/i18n/i18n.ts'
import { isObject, type DrawnFlow } from '#core/contracts/flows/drawn.ts'
import { nodeName } from './node-name.ts'
import { typeKey } from './type-key.ts'
import type { Choice, Resources } from './use-resources.ts'

/** What a node is called: in the reader's language, or as its contract calls it. */
export function nodeTitle(type: string): string {
  const name = nodeName(type)
  return name === type ? (nodeOf(type)?.title ?? type) : name
}

export function triggerTitle(type: string): string {
  const key = `flows.triggers.${typeKey(type)}`
  return te(key) ? t(key) : ((Object.hasOwn(triggers, type) ? triggers[type]?.title : null) ?? type)
}

export const stepTitle = ({ label, type }: Pick<Step, 'label' | 'type'>): string =>
  label || nodeTitle(type)

/** What a field is called, in one node or in all. */
export function fieldTitle(type: string, name: string): string {
  const own = `designer.fields.${typeKey(type)}_${name}`
  const any = `designer.fields.${name}`
  return te(own) ? t(own) : te(any) ? t(any) : name
}

const UNITS = [
  ['weeks', 604_800_000],
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
] as const

/** «2 days»: in the largest unit that says it in whole numbers. */
function durationWords(text: unknown): string {
  const ms = typeof text === 'string' ? durationMs(text) : null
  if (ms === null) return asText(text)
  const [unit, unitMs] = UNITS.find(([, each]) => ms % each === 0 && ms > 0) ?? UNITS[4]
  const n = Math.round(ms / unitMs)
  return t(`designer.durations.${unit}`, { n }, n)
}

/** The name of what an id stands for; a template stays as it is. */
function named(choices: readonly Choice[], value: unknown): string {
  const known = choices.find((each) => each.value === value)
  if (known) return known.text
  return typeof value === 'string' && value.includes('{{') ? value : t('designer.notChosen')
}

const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
const namedAll = (choices: readonly Choice[], value: unknown) =>
  list(value)
    .map((each) =>
      typeof each === 'string' && each.startsWith('role:') ? roleWords(each) : named(choices, each),
    )
    .join(', ')
export const roleWords = (role: string): string => t(`designer.roles.${role.slice(5)}`)

/** «to Done», or that it is not chosen yet. */
function toward(choices: readonly Choice[], value: unknown, way: 'to' | 'from' = 'to'): string {
  const name = namedAll(choices, value) || t('designer.notChosen')
  return name === t('designer.notChosen') ? name : t(`designer.says.${way}`, { name })
}

type Summary = (given: Readonly<Record<string, unknown>>, known: Resources) => string

const SUMMARIES: Readonly<Record<string, Summary>> = {
  'card.move': ({ columnId }, { columns }) => toward(columns, columnId),
  'card.create': ({ title, columnId }, { columns }) =>
    `${asText(title ?? '')} · ${named(columns, columnId)}`,
  'cards.create': ({ columnId }, { columns }) => toward(columns, columnId),
  'card.assign': ({ userId }, { members }) => named(members, userId),
  'card.unassign': ({ userId }, { members }) => named(members, userId),
  'card.label': ({ labelId }, { labels }) => named(labels, labelId),
  'card.unlabel': ({ labelId }, { labels }) => named(labels, labelId),
  approval: ({ to, timeout }, { members }) =>
    [namedAll(members, to) || t('designer.notChosen'), durationWords(timeout)]
      .filter(Boolean)
      .join(' · '),
  notify: ({ to }, { members }) => namedAll(members, to),
  'email.send': ({ to }, { members }) => namedAll(members, to),
  wait: ({ for: long }) => durationWords(long),
  'wait-until': ({ at }) => asText(at ?? ''),
  'wait-for-event': ({ event, timeout }) =>
    [event ? triggerTitle(asText(event)) : '', durationWords(timeout)].filter(Boolean).join(' · '),
  'http.request': ({ method = 'GET', url = '' }) => `${asText(method)} ${asText(url)}`,
  'webhook.send': ({ url = '' }) => `POST ${asText(url)}`,
  'flow.call': ({ flowId }, { flows }) => named(flows, flowId),
  'set-variable': ({ name }) => asText(name ?? ''),
  'for-each': ({ items }) => (typeof items === 'string' ? items : ''),
  branch: ({ cases }) => t('designer.says.cases', { n: list(cases).length }, list(cases).length),
  retry: ({ times, wait: long }) =>
    [times ? `${asText(times)} ×` : '', durationWords(long)].filter(Boolean).join(' · '),
  while: ({ max }) => (typeof max === 'number' ? `≤ ${max} ×` : ''),
}

/** What a step does, in a line. */
export function stepSummary({ type, with: given }: Step, known: Resources): string {
  const say = Object.hasOwn(SUMMARIES, type) ? SUMMARIES[type] : undefined
  if (say) return say(given, known)
  const text = given['text'] ?? given['message'] ?? given['title'] ?? ''
  return typeof text === 'string' ? text : ''
}

/** What starts a flow, in a line. */
export function triggerSummary({ trigger }: DrawnFlow, known: Resources): string {
  const given = isObject(trigger.with) ? trigger.with : {}
  const parts = [
    given['from'] ? toward(known.columns, given['from'], 'from') : '',
    given['to'] ? toward(known.columns, given['to']) : '',
    given['columnIds'] ? namedAll(known.columns, given['columnIds']) : '',
    given['labelIds'] ? namedAll(known.labels, given['labelIds']) : '',
    given['userIds'] ? namedAll(known.members, given['userIds']) : '',
    given['cron'] ? `${asText(given['cron'])} · ${asText(given['timeZone'] ?? '')}` : '',
    typeof given['label'] === 'string' ? given['label'] : '',
  ]
  return parts.filter(Boolean).join(' ')
}
