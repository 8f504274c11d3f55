/**
 * What there is to choose from and what a project's key looks like. They stand here and not in the
 * contracts so that the browser can show them without loading the library that checks contracts.
 */
export const COLOURS = [
  'red',
  'orange',
  'amber',
  'green',
  'teal',
  'blue',
  'violet',
  'pink',
  'grey',
] as const

/** What a column does with a card above its limit. */
export const WIP_MODES = ['warn', 'block'] as const

/** The languages people are written to in. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** When news goes out by mail: within a minute, in one letter on the next morning, or not. */
export const EMAIL_TIMES = ['at_once', 'daily', 'never'] as const
export type EmailTime = (typeof EMAIL_TIMES)[number]

/** What card numbers begin with, as in CHK-118. */
export const PROJECT_KEY = /^[A-Z][A-Z0-9]{1,5}$/
