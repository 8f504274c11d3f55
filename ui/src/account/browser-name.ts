const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Edge', /Edg\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrome\//],
  ['Safari', /Safari\//],
  ['curl', /^curl\//],
]

const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
]

const find = (among: typeof BROWSERS, text: string) =>
  among.find(([, sign]) => sign.test(text))?.[0]

/** The browser and the system a user agent names, as far as we know them. */
export function browserName(userAgent: string): { browser?: string; system?: string } {
  const [browser, system] = [find(BROWSERS, userAgent), find(SYSTEMS, userAgent)]
  return { ...(browser && { browser }), ...(system && { system }) }
}
