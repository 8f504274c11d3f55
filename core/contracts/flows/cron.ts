import { z } from 'zod'

const RANGES: readonly (readonly [least: number, most: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
]
const PART = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/

/** Five fields of cron in numbers: minute, hour, day, month, day of the week. */
export const CronText = z
  .string()
  .max(100)
  .refine(isCron, { error: 'is five fields of cron, such as 0 9 * * 1-5 for weekdays at nine' })

function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/)
  return fields.length === RANGES.length && fields.every((field, at) => isField(field, RANGES[at]!))
}

function isField(field: string, [least, most]: readonly [number, number]): boolean {
  return field.split(',').every((each) => {
    const part = PART.exec(each)
    if (!part) return false
    const numbers = part.slice(1, 3).flatMap((number) => (number === undefined ? [] : [+number]))
    const [from = least, to = from] = numbers
    const inRange = least <= from && from <= to && to <= most
    return inRange && (part[3] === undefined || Number(part[3]) > 0)
  })
}
