import type { Doc } from 'yjs'
import type { Id } from '#core/kernel/ids.ts'

/** The texts that live in this page, open or unsent and kept nowhere else: who writes in them sends them. */
export const openTexts = new Map<Id, Doc>()
