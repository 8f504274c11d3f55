/** A backslash that stands for itself, NUL, or half of a surrogate pair, as JSON writes them. */
const ODD = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g

/** A value as JSON that Postgres takes: it knows no NUL, and no halves of characters. */
export const asJsonb = (value: unknown): string =>
  JSON.stringify(value).replace(ODD, (found) => {
    if (found === String.raw`\\`) return found
    return found === String.raw`\u0000` ? '' : '\u{fffd}'
  })
