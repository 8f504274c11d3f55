/** The wait was given up; what was waited for may still happen. */
export class TooLate extends Error {
  constructor(limitMs: number) {
    super(`Nothing came within ${limitMs} ms.`)
    this.name = 'TooLate'
  }
}

/** The promise's value, or a TooLate when it has not come within `limitMs`. */
export async function within<Value>(promise: Promise<Value>, limitMs: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(limitMs)), limitMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
