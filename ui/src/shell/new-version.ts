import { announce } from './announce.ts'
import { t } from './i18n/i18n.ts'
import { dismissToast, toast } from './toasts.ts'

const TOAST_ID = 'new-version'
const LOOK_EVERY_MS = 60 * 60 * 1_000

let lookedAtMs = Date.now()

/**
 * Has the browser keep the app's files, so that it opens without a network, and tells whoever has
 * an older build open that there is a newer one. When it is loaded is theirs to say.
 */
export async function keepApp(): Promise<void> {
  // Some browsers have none, as in private windows, and none is had from an unsafe address.
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  try {
    const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' })
    serviceWorker.addEventListener('controllerchange', () => void tellIfOld())
    document.addEventListener('visibilitychange', () => {
      if (document.hidden || Date.now() - lookedAtMs < LOOK_EVERY_MS) return
      lookedAtMs = Date.now()
      void registration.update().catch(() => {})
    })
  } catch {
    // The app works without it, as long as there is a network.
  }
}

/** Another worker is in charge: is this page of its build? */
async function tellIfOld(): Promise<void> {
  const code = [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')]
  const kept = await Promise.all(code.map(async ({ href }) => await caches.match(href)))
  if (kept.every((file) => file !== undefined)) return dismissToast(TOAST_ID)
  announce(t('shell.newVersion.title'))
  toast(t('shell.newVersion.title'), {
    id: TOAST_ID,
    description: t('shell.newVersion.why'),
    duration: Infinity,
    action: { label: t('shell.missing.reload'), onClick: () => location.reload() },
  })
}
