import { useLive } from '../../shell/live.ts'
import { textSender } from '../../shell/parts.ts'
import { useSession } from '../../shell/session.ts'
import { unsentTexts } from './unsent-texts.ts'

/** What was written in texts without a network, and is not open here, goes out now. */
export async function sendTexts(): Promise<void> {
  if (unsentTexts.value.size === 0) return
  const code = await textSender.load().catch(() => undefined)
  const opened = await useLive().open()
  const userId = useSession().me?.user.id
  if (code && opened && userId !== undefined) code.sendUnsentTexts(userId, opened.tab)
}
