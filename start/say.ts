const FIRST_WORD_AFTER_MS = 2_000
const NEXT_WORD_EVERY_MS = 15_000

// The terminal may be gone before us; what we say then is for nobody.
process.stdout.on('error', () => {})

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Does the work, and shows that it goes on when it takes longer than two seconds. */
export async function progress<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  let spoken = false
  const speak = () => {
    spoken = true
    say(`  … ${what} (${seconds()} s)`)
  }
  const first = setTimeout(speak, FIRST_WORD_AFTER_MS)
  const next = setInterval(speak, NEXT_WORD_EVERY_MS)
  try {
    const result = await work()
    if (spoken) say(`  … ${what}: done (${seconds()} s)`)
    return result
  } finally {
    clearTimeout(first)
    clearInterval(next)
  }
}
