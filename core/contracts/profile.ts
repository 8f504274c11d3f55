import { z } from 'zod'
import { LANGUAGES } from '#core/kernel/choices.ts'
import { isTimeZone, TIME_ZONE_CHARS_MAX } from '#core/kernel/time-zone.ts'
import { Name } from './fields.ts'

const HUE_MAX = 359

/** How somebody is shown to others, and how they read what is told to them. */
export const Profile = z.strictObject({
  name: Name,
  /** Colours the avatar: a hue of OKLCH. */
  hue: z.int().min(0).max(HUE_MAX),
  /** Null is as each browser prefers. */
  language: z.enum(LANGUAGES).nullable(),
  /** As IANA names it, Europe/Berlin; null is that of each browser. */
  timeZone: z
    .string()
    .max(TIME_ZONE_CHARS_MAX)
    .refine(isTimeZone, 'must be a time zone')
    .nullable(),
})
export type Profile = z.infer<typeof Profile>

/** What is absent stays as it is. */
export const ChangeProfile = Profile.partial().refine(
  (changes) => Object.keys(changes).length > 0,
  {
    error: 'must change something',
  },
)
export type ChangeProfile = z.infer<typeof ChangeProfile>
