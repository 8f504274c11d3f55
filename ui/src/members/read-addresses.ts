/** Everything that may be one: whether it is, the server decides. */
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+$/
/** As mail programs write them: `Ann Oduya <ann@example.com>`. */
const NAMED = /<([^<>]+)>\s*$/

/** The addresses in a text that somebody typed or pasted, each once, and what is none. */
export function readAddresses(text: string): { emails: string[]; others: string[] } {
  const found = text.split(/[,;\n]/).flatMap((part) => {
    const named = NAMED.exec(part)?.[1]
    return (named ?? part).split(/\s+/).filter((each) => each !== '')
  })
  const all = [...new Set(found.map((each) => each.toLowerCase()))]
  return {
    emails: all.filter((each) => ADDRESS.test(each)),
    others: all.filter((each) => !ADDRESS.test(each)),
  }
}
