import { ref } from 'vue'
import { announce } from './announce.ts'
import { asApiError } from './api-error.ts'
import { t } from './i18n/i18n.ts'
import { sayNotSaved } from './say-not-saved.ts'
import { toast } from './toasts.ts'

const SHOWN_MS = 10_000

/** Changes on their way to the server that are not the board's. */
export const openSaves = ref(0)

/**
 * Does a write that is already painted. When it is not done, `unpaint` takes the paint back and
 * the person is told why, with a button that tries again; then there is no answer.
 */
export async function save<Answer>(
  write: () => Promise<Answer>,
  { paint = () => {}, unpaint = () => {} }: { paint?: () => void; unpaint?: () => void } = {},
): Promise<Answer | undefined> {
  paint()
  openSaves.value += 1
  try {
    return await write()
  } catch (thrown) {
    unpaint()
    const retry = () => void save(write, { paint, unpaint })
    sayNotSaved(asApiError(thrown), { retry })
    return undefined
  } finally {
    openSaves.value -= 1
  }
}

/** Says that something was done, with a button that takes it back. */
export function offerUndo(words: string, undo: () => void): void {
  announce(words)
  const action = { label: t('shell.undo'), onClick: undo }
  toast(words, { action, duration: SHOWN_MS })
}
