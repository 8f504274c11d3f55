import { nameOf, parentOf } from './identity.ts'

const LOOK_EVERY_MS = 500
const SHELLS = new Set(['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox'])

/**
 * Calls back when npm, or the shell npm runs scripts in, is gone: a kill -9 tells us nothing.
 * Whoever starts us without npm may leave us alone on purpose.
 */
export function whenOrphaned(callback: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const shell = process.ppid
  const npm = SHELLS.has(nameOf(shell) ?? '') ? parentOf(shell) : undefined
  const timer = setInterval(() => {
    const alone = process.ppid !== shell || (npm !== undefined && parentOf(shell) !== npm)
    if (!alone) return
    clearInterval(timer)
    callback()
  }, LOOK_EVERY_MS)
  timer.unref()
}
