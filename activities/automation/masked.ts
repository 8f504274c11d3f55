/** Text of fewer characters would be found everywhere. */
const CHARS_MIN = 4

/** A text in which secrets stand as dots, also where they are encoded as servers like to echo them. */
export function masked(text: string, secrets: Iterable<string>): string {
  const forms = [...new Set([...secrets].flatMap(formsOf))]
  // The longest first: a part of one may be the whole of another.
  forms.sort((a, b) => b.length - a.length)
  return forms.reduce((left, form) => left.replaceAll(form, '•••'), text)
}

function formsOf(secret: string): string[] {
  if (secret === '') return []
  const bytes = Buffer.from(secret)
  const escaped = JSON.stringify(secret).slice(1, -1)
  const url = encodeURIComponent(secret)
  const hex = bytes.toString('hex')
  const encoded = [...base64Of(bytes), hex, hex.toUpperCase()]
  return [
    secret,
    escaped,
    escaped.replaceAll('/', String.raw`\/`),
    url,
    url.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    // `=` and the value, as forms are sent.
    new URLSearchParams([['', secret]]).toString().slice(1),
    ...encoded.filter(({ length }) => length >= CHARS_MIN),
  ]
}

/**
 * In base64 three bytes are four characters, so a secret looks otherwise behind one byte of something
 * else, and behind two. Of each the characters that are of the secret alone.
 */
function base64Of(secret: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), secret])
    const isEven = whole.length % 3 === 0
    const text = whole.toString('base64').replaceAll('=', '')
    const own = text.slice(Math.ceil((before * 4) / 3), isEven ? undefined : -1)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
