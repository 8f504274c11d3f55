import { until } from '@vueuse/core'
import { useOverlays } from './overlays.ts'
import { save } from './saves.ts'
import { useSession } from './session.ts'
import { useSyncState } from './sync-state.ts'

/** What was changed a moment ago is on its way, and is saved by then. */
const SAVED_WITHIN_MS = 2_000

/** Signs out; what is not saved by then is shown first, for the browser keeps none of it after that. */
export async function signOut(): Promise<void> {
  const [sync, overlays, session] = [useSyncState(), useOverlays(), useSession()]
  await until(() => sync.count).toBe(0, { timeout: SAVED_WITHIN_MS })
  if (sync.count > 0) overlays.unsaved = overlays.leaving = true
  else await save(session.signOut)
}
