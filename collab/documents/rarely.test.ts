import { expect, test, vi } from 'vitest'
import { Rarely, TooSoon } from './rarely.ts'

test('what took a second is not done again for ten, and then it is', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
  const rarely = new Rarely()
  const takeASecond = () => clock.mockReturnValue(1_000)
  rarely.do(takeASecond)
  clock.mockReturnValue(10_999)
  expect(() => rarely.do(takeASecond)).toThrow(TooSoon)
  clock.mockReturnValue(11_000)
  expect(rarely.do(() => 'done')).toBe('done')
  clock.mockRestore()
})
