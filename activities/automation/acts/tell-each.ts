import { Refusal } from '#core/kernel/refusal.ts'

const ENOUGH = new Set(['mail.too_many', 'inbox.too_many'])

/**
 * Tells people one after the other and answers whom it did not, as flows have told them enough in
 * this hour. Where that is all of them, it is refused.
 */
export async function tellEach(
  people: readonly string[],
  tell: (userId: string) => Promise<void>,
): Promise<{ readonly told: readonly string[]; readonly notTold: readonly string[] }> {
  const [told, notTold]: [string[], string[]] = [[], []]
  for (const userId of people) {
    try {
      await tell(userId)
      told.push(userId)
    } catch (error) {
      const isEnough = error instanceof Refusal && ENOUGH.has(error.code)
      const isLast = told.length === 0 && notTold.length + 1 === people.length
      if (!isEnough || isLast) throw error
      notTold.push(userId)
    }
  }
  return { told, notTold }
}
