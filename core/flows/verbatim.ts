/** What of a node's `with` is taken as it is written: a program with holes could be made another. */
export const VERBATIM: Readonly<Record<string, readonly string[]>> = {
  'code.run': ['code'],
  'http.request': ['secretHeaders'],
}

/** Where a node's `with` holds conditions and expressions, which are looked at when they are asked. */
export const ASKED_LATER: readonly string[] = ['when', 'cases', 'cel']
