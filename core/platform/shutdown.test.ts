import { expect, onTestFinished, test, vi } from 'vitest'
import { makeLog } from './log.ts'
import { onShutdown } from './shutdown.ts'

const LIMIT_MS = 120_000

test('a process that cannot stop is ended when its limit is over, and not before', () => {
  vi.useFakeTimers()
  const once = vi.spyOn(process, 'once').mockReturnThis()
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
  onTestFinished(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
  onShutdown(makeLog('test', 'silent'), () => new Promise(() => {}), LIMIT_MS)
  const stop = once.mock.calls.find(([signal]) => signal === 'SIGTERM')![1]
  stop('SIGTERM')
  vi.advanceTimersByTime(LIMIT_MS - 1)
  expect(exit).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(exit).toHaveBeenCalledWith(1)
})
