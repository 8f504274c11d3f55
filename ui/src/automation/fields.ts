import { z } from 'zod'

/** How a field is filled in. */
type FieldKind =
  | 'line'
  | 'text'
  | 'code'
  | 'number'
  | 'switch'
  | 'choice'
  | 'choices'
  | 'duration'
  | 'day'
  | 'column'
  | 'columns'
  | 'label'
  | 'labels'
  | 'member'
  | 'members'
  | 'approvers'
  | 'board'
  | 'flow'
  | 'flows'
  | 'condition'
  | 'cases'
  | 'json'
  | 'event'
  | 'audited'
  | 'zone'
  | 'group'

/** A field of a form, as the schema of its node or trigger describes it. */
export interface Field {
  readonly name: string
  readonly kind: FieldKind
  readonly required: boolean
  /** Rarely wanted: folded away. */
  readonly isRare: boolean
  readonly default: unknown
  readonly choices: readonly string[]
  readonly min: number | undefined
  readonly max: number | undefined
  readonly fields: readonly Field[]
}

interface Schema {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly format?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly $ref?: string
}

/** What its name says of a field, where its type says less. */
const BY_NAME: Readonly<Record<string, FieldKind>> = {
  columnId: 'column',
  columnIds: 'columns',
  labelId: 'label',
  labelIds: 'labels',
  labels: 'labels',
  userId: 'member',
  assigneeId: 'member',
  userIds: 'members',
  assignees: 'members',
  boardId: 'board',
  flowId: 'flow',
  flowIds: 'flows',
  timeout: 'duration',
  wait: 'duration',
  for: 'duration',
  when: 'condition',
  cases: 'cases',
  event: 'event',
  timeZone: 'zone',
}

/** The same, of one node or trigger alone. */
const BY_TYPE: Readonly<Record<string, Readonly<Record<string, FieldKind>>>> = {
  'card.moved': { from: 'columns', to: 'columns' },
  approval: { to: 'approvers' },
  notify: { to: 'members' },
  'email.send': { to: 'members' },
  'code.run': { code: 'code' },
  'flow.call': { wait: 'switch' },
  'audit.event': { actions: 'audited' },
}

const RARE = new Set([
  'target',
  'before',
  'after',
  'mentions',
  'atOnce',
  'cardId',
  'escalate',
  'boardId',
])
/** Given by whoever marks words of a text, and by no flow. */
const NOT_ASKED = new Set(['anchor'])
const LINE_CHARS_MAX = 500

/** The form of what a node or a trigger is given. */
export function fieldsOf(type: string, params: z.ZodObject): Field[] {
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as Schema
  return fieldsIn(type, schema)
}

function fieldsIn(type: string, schema: Schema): Field[] {
  const asked = Object.entries(schema.properties ?? {}).filter(([name]) => !NOT_ASKED.has(name))
  return asked.map(([name, each]) => {
    const required = schema.required?.includes(name) ?? false
    const kind = kindOf(type, name, each)
    return {
      name,
      kind,
      required,
      isRare: RARE.has(name) && !required,
      default: each.default,
      choices: each.enum ?? each.items?.enum ?? [],
      min: each.minimum,
      max: each.maximum,
      fields: kind === 'group' ? fieldsIn(name === 'escalate' ? type : name, each) : [],
    }
  })
}

function kindOf(type: string, name: string, schema: Schema): FieldKind {
  const known = BY_TYPE[type]?.[name] ?? BY_NAME[name]
  if (known) return known
  if (type === 'approval' && name === 'after') return 'duration'
  if (schema.enum) return 'choice'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type === 'boolean') return 'switch'
  if (schema.properties) return 'group'
  if (schema.items?.enum) return 'choices'
  if (schema.format === 'date') return 'day'
  return textKind(schema)
}

function textKind(schema: Schema): FieldKind {
  const texts = [schema, ...(schema.anyOf ?? [])].filter(({ type }) => type === 'string')
  if (texts.length === 0) return 'json'
  return texts.every(({ maxLength = 0 }) => maxLength <= LINE_CHARS_MAX) ? 'line' : 'text'
}
