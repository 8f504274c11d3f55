import { toast } from 'vue-sonner'
import { announce } from '../shell/announce.ts'
import { errorText } from '../shell/error-text.ts'
import { t } from '../shell/i18n/i18n.ts'
import type { Fault } from './command.ts'

/** Long enough to read, think and click. */
const SHOWN_MS = 10_000

/** Says why something was not done, now that it is shown as it was before. */
export function sayRefused(fault: Fault, retry?: () => void): void {
  const reason = errorText(fault)
  announce(reason)
  const action = retry && { label: t('shell.retry'), onClick: retry }
  toast.error(t('shell.notSaved'), {
    description: reason,
    duration: SHOWN_MS,
    ...(action ? { action } : {}),
  })
}
