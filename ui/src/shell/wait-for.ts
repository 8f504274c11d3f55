import { within } from '#core/kernel/within.ts'
import { announce } from './announce.ts'
import { backoffMs } from './backoff.ts'
import { t } from './i18n/i18n.ts'
import { dismissToast, toast } from './toasts.ts'

/** A part that has not come by then is told as missing; it may still come. */
const COME_LIMIT_MS = 8_000
const AGAIN_MIN_MS = 1_000
const AGAIN_MAX_MS = 15_000
const TOAST_ID = 'missing-part'

/** One for each who waits for a part that could not be had. */
const missing = new Set<symbol>()
let wake = Promise.withResolvers<void>()

/**
 * The code of a part that somebody waits for. While it cannot be had they are told, and it is tried
 * again: when they ask for it, when the network is back, and at growing distances. Undefined when
 * `signal` has ended the wait.
 */
export async function waitFor<Code>(
  load: () => Promise<Code>,
  signal?: AbortSignal,
): Promise<Code | undefined> {
  const mark = Symbol()
  signal?.addEventListener('abort', () => found(mark), { once: true })
  for (let attempt = 0; !signal?.aborted; attempt += 1) {
    try {
      const code = await within(load(), COME_LIMIT_MS)
      found(mark)
      return signal?.aborted ? undefined : code
    } catch {
      if (!signal?.aborted) tell(mark)
    }
    const waitMs = backoffMs(attempt, AGAIN_MIN_MS, AGAIN_MAX_MS)
    await within(wake.promise, waitMs).catch(() => {})
  }
  return undefined
}

function tryAgain(): void {
  wake.resolve()
  wake = Promise.withResolvers()
}

window.addEventListener('online', tryAgain)

function tell(mark: symbol): void {
  missing.add(mark)
  announce(t('shell.missing.title'))
  toast(
    t('shell.missing.title'),
    {
      id: TOAST_ID,
      description: t('shell.missing.why'),
      duration: Infinity,
      action: { label: t('shell.retry'), onClick: tryAgain },
      cancel: { label: t('shell.missing.reload'), onClick: () => location.reload() },
    },
    true,
  )
}

function found(mark: symbol): void {
  if (missing.delete(mark) && missing.size === 0) dismissToast(TOAST_ID)
}
