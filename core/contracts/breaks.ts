import type { Json } from './published.ts'

/** Who writes values of a schema: clients do what goes in, we do what comes out. */
type Direction = 'input' | 'output'

/**
 * What a change of published contracts would break, one sentence each. Values that clients send
 * must still be taken; values that they are sent must still be of the form they know.
 */
export function breaksOf(before: Json, after: Json, path = ''): string[] {
  return Object.keys(before).flatMap((key) => {
    const here = path ? `${path}/${key}` : key
    const [old, now] = [before[key], after[key]]
    if (now === undefined) return [`${here} is gone`]
    if (isSchema(old)) return schemaBreaks(old, now as Json, directionOf(here), here)
    if (Array.isArray(old)) return []
    if (isJson(old)) return breaksOf(old, now as Json, here)
    return old === now ? [] : [`${here} was ${JSON.stringify(old)} and is ${JSON.stringify(now)}`]
  })
}

function schemaBreaks(old: Json, now: Json, direction: Direction, path: string): string[] {
  return [
    ...typeBreaks(old, now, direction, path),
    ...limitBreaks(old, now, direction, path),
    ...propertyBreaks(old, now, direction, path),
    ...partsOf(old).flatMap(([name, part]) => {
      const other = partsOf(now).find(([candidate]) => candidate === name)?.[1]
      return other ? schemaBreaks(part, other, direction, `${path}/${name}`) : []
    }),
  ]
}

/** Input may not become narrower, nor output wider. */
function typeBreaks(old: Json, now: Json, direction: Direction, path: string): string[] {
  const [wide, narrow] = direction === 'input' ? [now, old] : [old, now]
  if (typesOf(wide).has('any')) return []
  const lost = [...typesOf(narrow)].filter((type) => !typesOf(wide).has(type))
  return lost.map(
    (type) => `${path} ${direction === 'input' ? 'no longer takes' : 'may now be'} ${type}`,
  )
}

const LIMITS: Readonly<Record<string, 'most' | 'least'>> = {
  maxLength: 'most',
  maximum: 'most',
  maxItems: 'most',
  minLength: 'least',
  minimum: 'least',
  minItems: 'least',
}

function limitBreaks(old: Json, now: Json, direction: Direction, path: string): string[] {
  if (direction === 'output') return []
  const tighter = Object.entries(LIMITS).filter(([name, kind]) => {
    const [was, is] = [old[name], now[name]]
    if (typeof is !== 'number') return false
    if (typeof was !== 'number') return true
    return kind === 'most' ? is < was : is > was
  })
  const values = Array.isArray(old['enum']) && Array.isArray(now['enum']) ? old['enum'] : []
  const lost = values.filter((value) => !(now['enum'] as unknown[]).includes(value))
  return [
    ...tighter.map(([name]) => `${path} has a tighter ${name}`),
    ...lost.map((value) => `${path} no longer takes ${String(value)}`),
    ...(now['pattern'] !== undefined && old['pattern'] !== now['pattern']
      ? [`${path} has another pattern`]
      : []),
  ]
}

function propertyBreaks(old: Json, now: Json, direction: Direction, path: string): string[] {
  if (!isJson(old['properties'])) return []
  const [before, after] = [requiredOf(old), requiredOf(now)]
  const gone = Object.keys(old['properties']).filter((name) => !hasProperty(now, name))
  const demanded = after.filter((name) => !before.includes(name))
  const missing = before.filter((name) => hasProperty(now, name) && !after.includes(name))
  return [
    ...gone.map((name) => `${path}/${name} is gone`),
    ...(direction === 'input' ? demanded.map((name) => `${path}/${name} is now required`) : []),
    ...(direction === 'output' ? missing.map((name) => `${path}/${name} may now be missing`) : []),
  ]
}

/** The schemas within a schema, by where they stand in it. */
function partsOf(schema: Json): [string, Json][] {
  const listed = ['anyOf', 'oneOf', 'prefixItems'].flatMap((name) =>
    ((schema[name] ?? []) as Json[]).map((part, at) => [`${name}${at}`, part] as [string, Json]),
  )
  const single = ['items', 'additionalProperties'].flatMap((name) =>
    isJson(schema[name]) ? [[name, schema[name]] as [string, Json]] : [],
  )
  return [...(Object.entries(schema['properties'] ?? {}) as [string, Json][]), ...listed, ...single]
}

function typesOf(schema: Json): Set<string> {
  const parts = [...((schema['anyOf'] ?? []) as Json[]), ...((schema['oneOf'] ?? []) as Json[])]
  if (parts.length > 0) return new Set(parts.flatMap((part) => [...typesOf(part)]))
  if (schema['const'] !== undefined) return new Set([typeof schema['const']])
  const { type } = schema
  if (Array.isArray(type)) return new Set(type as string[])
  return new Set([typeof type === 'string' ? type : 'any'])
}

const requiredOf = (schema: Json) => (schema['required'] ?? []) as string[]
const hasProperty = (schema: Json, name: string) =>
  isJson(schema['properties']) && Object.hasOwn(schema['properties'], name)
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isSchema = (value: unknown): value is Json => isJson(value) && '$schema' in value
const directionOf = (path: string): Direction => (path.endsWith('/input') ? 'input' : 'output')
