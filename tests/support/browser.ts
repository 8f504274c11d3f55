import type { Answer, caller } from './api.ts'

/** Asks the API as one browser does: with the cookies it was given, which are kept by name alone. */
export function aBrowser(call: ReturnType<typeof caller>) {
  const cookies = new Map<string, string>()
  /** Each as it was set. */
  const set: string[] = []

  async function ask(
    method: string,
    path: string,
    { as, body }: { as?: string | undefined; body?: object | undefined } = {},
  ): Promise<Answer> {
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ')
    const answer = await call(method, path, {
      ...(as && { as }),
      ...(body && { body }),
      headers: cookie ? { cookie } : {},
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (line.includes('Max-Age=0;')) cookies.delete(name!)
      else cookies.set(name!, value!)
      set.push(line)
    }
    return answer
  }

  return {
    cookies,
    set,
    get: async (path: string) => await ask('GET', path),
    /** As somebody who is signed in, or nobody. */
    post: async (path: string, as?: string, body?: object) => await ask('POST', path, { as, body }),
  }
}
