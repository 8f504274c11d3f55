import { expect, test } from 'vitest'
import { Together } from './together.ts'

test('whoever asks while another is answered is answered with all who do, and a fault is theirs alone', async () => {
  const asked: (readonly number[])[] = []
  const together = new Together<number, number>(async (numbers) => {
    asked.push(numbers)
    await Promise.resolve()
    if (numbers.includes(13)) throw new Error('unlucky')
    return (number) => number * 2
  })
  const answers = await Promise.all([1, 2, 3].map((number) => together.ask(number)))
  expect(answers).toEqual([2, 4, 6])
  expect(asked).toEqual([[1], [2, 3]])

  const failed = together.ask(13)
  const next = together.ask(4)
  await expect(failed).rejects.toThrow('unlucky')
  expect(await next).toBe(8)
})
