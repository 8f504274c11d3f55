import { z } from 'zod'

const TOKEN_CHARS_MAX = 100

/** What a link in a letter bears behind its #. */
export const LinkToken = z.string().min(1).max(TOKEN_CHARS_MAX)
