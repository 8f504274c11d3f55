import { z } from 'zod'
import { COLOURS, PROJECT_KEY } from '#core/kernel/choices.ts'
import {
  CHECKLIST_TEXT_CHARS_MAX,
  COMMENT_CHARS_MAX,
  DESCRIPTION_CHARS_MAX,
  LABEL_NAME_CHARS_MAX,
  NAME_CHARS_MAX,
  POINTS_MAX,
  POINTS_MIN,
  TITLE_CHARS_MAX,
} from '#core/kernel/limits.ts'

/** Postgres texts cannot hold NUL, and half a surrogate pair is not Unicode. */
const storable = (value: string) => value.isWellFormed() && !value.includes('\0')

const text = (charsMax: number) =>
  z.string().max(charsMax).refine(storable, { error: 'holds a character that cannot be stored' })

/** Control characters other than a tab: they break lines, and operators' terminals obey them. */
const LINE_BREAKERS = /[^\P{Cc}\t]|[\u2028\u2029]/u
/** Embeddings, overrides and isolates turn round what is written after them in a list. */
const TURNERS = /[\u202a-\u202e\u2066-\u2069]/u
const VISIBLE = /[^\p{Cf}\p{Z}\t]/u

const line = (charsMax: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(charsMax)
    .refine(storable, { error: 'holds a character that cannot be stored' })
    .refine((value) => !LINE_BREAKERS.test(value), { error: 'must be one line of readable text' })
    .refine((value) => !TURNERS.test(value), { error: 'must not change the direction of text' })
    .refine((value) => VISIBLE.test(value), { error: 'must not be empty' })

export const Id = z.uuid().toLowerCase()
export const Name = line(NAME_CHARS_MAX)
export const Title = line(TITLE_CHARS_MAX)
export const LabelName = line(LABEL_NAME_CHARS_MAX)
export const ChecklistText = line(CHECKLIST_TEXT_CHARS_MAX)
export const Description = text(DESCRIPTION_CHARS_MAX)
export const CommentText = text(COMMENT_CHARS_MAX).refine((value) => value.trim() !== '', {
  error: 'must not be empty',
})
/** What card numbers begin with, as in CHK-118. */
export const ProjectKey = z.string().regex(PROJECT_KEY)
/** A day without a time zone: YYYY-MM-DD. The calendar of Postgres has no year 0. */
export const Day = z.iso.date().refine((day) => !day.startsWith('0000'), {
  error: 'must be after the year 0',
})
/** 1 is urgent, 2 high, 3 medium, 4 low. */
export const Priority = z.int().min(1).max(4)
export const Points = z.int().min(POINTS_MIN).max(POINTS_MAX)

export const Colour = z.enum(COLOURS)
export type Colour = z.infer<typeof Colour>

/** Where in an ordered list: before or after a neighbour; with neither, at the end. */
export const Place = {
  before: Id.optional(),
  after: Id.optional(),
}
export const onePlace = (place: { before?: string | undefined; after?: string | undefined }) =>
  place.before === undefined || place.after === undefined
/** What is wrong with a place that is not one. */
export const NOT_ONE_PLACE = { error: 'names either before or after' }
