import { expect, test, vi } from 'vitest'
import type { Log } from '#core/platform/log.ts'
import { guarded } from './guarded.ts'

test('T4: a hook that throws ends nothing, is written down, and the others are as they were', async () => {
  const error = vi.fn<() => void>()
  const onStateless = async () => await Promise.reject(new Error('of a hook'))
  const onLoadDocument = async () => await Promise.resolve()
  const extension = guarded({ onStateless, onLoadDocument }, { error } as unknown as Log)
  await expect(extension.onStateless!({} as never)).resolves.toBeUndefined()
  expect(error).toHaveBeenCalledOnce()
  expect(extension.onLoadDocument).toBe(onLoadDocument)
  expect(extension.onChange).toBeUndefined()
})
