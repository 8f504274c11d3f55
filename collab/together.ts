const ASKED_AT_ONCE_MAX = 500

interface Waiter<Question, Answer> extends PromiseWithResolvers<Answer> {
  readonly question: Question
}

/**
 * Asks for many at once: whoever asks while others are being answered is answered next, together with
 * all who do. Of a killed server's viewers hundreds come at one moment.
 */
export class Together<Question, Answer> {
  readonly #find: (questions: readonly Question[]) => Promise<(question: Question) => Answer>
  readonly #waiting: Waiter<Question, Answer>[] = []
  #isAsking = false

  /** `find` looks for all it is given, and answers where each one's answer is. */
  constructor(find: (questions: readonly Question[]) => Promise<(question: Question) => Answer>) {
    this.#find = find
  }

  async ask(question: Question): Promise<Answer> {
    const waiter = { question, ...Promise.withResolvers<Answer>() }
    this.#waiting.push(waiter)
    if (!this.#isAsking) void this.#askAll()
    return await waiter.promise
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true
    while (this.#waiting.length > 0) await this.#askSome(this.#waiting.splice(0, ASKED_AT_ONCE_MAX))
    this.#isAsking = false
  }

  async #askSome(waiters: readonly Waiter<Question, Answer>[]): Promise<void> {
    try {
      const answerTo = await this.#find(waiters.map(({ question }) => question))
      for (const { question, resolve } of waiters) resolve(answerTo(question))
    } catch (error) {
      for (const { reject } of waiters) reject(error)
    }
  }
}
