import { announce } from './announce.ts'
import { errorText } from './error-text.ts'
import { t } from './i18n/i18n.ts'
import { toast } from './toasts.ts'

/** Long enough to read, think and click. */
const SHOWN_MS = 10_000
/** From here on it was not the person's doing, and the request is worth reporting. */
const SERVER_FAULT = 500

interface NotSaved {
  readonly code: string
  readonly message: string
  readonly status?: number
  readonly requestId?: string
}

/** Says why a change was not kept. Of several told under one `id` the last is shown. */
export function sayNotSaved(
  fault: NotSaved,
  { retry, id }: { retry?: (() => void) | undefined; id?: string } = {},
): void {
  const reason = errorText(fault)
  announce(reason)
  const action = retry && { label: t('shell.retry'), onClick: retry }
  const options = {
    description: [reason, ...requestWords(fault)].join(' '),
    duration: SHOWN_MS,
    ...(action ? { action } : {}),
    ...(id === undefined ? {} : { id }),
  }
  toast(t('shell.notSaved'), options, true)
}

function requestWords({ status = 0, requestId = '' }: NotSaved): string[] {
  return status >= SERVER_FAULT && requestId !== ''
    ? [t('shell.fault.request', { id: requestId })]
    : []
}
