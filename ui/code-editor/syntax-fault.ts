import { parse } from 'acorn'

/** What the engine knows in which steps run. */
const ECMA_VERSION = 2023
const WHY_CHARS_MAX = 200

/** Where code, the body of a function, is first not JavaScript, and why. */
export function syntaxFault(code: string): { readonly at: number; readonly why: string } | null {
  try {
    parse(code, { ecmaVersion: ECMA_VERSION, allowReturnOutsideFunction: true })
    return null
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('pos' in error)) throw error
    // It says at the end where that is.
    return {
      at: Number(error.pos),
      why: error.message.replace(/ \(\d+:\d+\)$/, '').slice(0, WHY_CHARS_MAX),
    }
  }
}
