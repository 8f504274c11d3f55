import { readFileSync, statSync } from 'node:fs'

const FILE_BYTES_MAX = 16 * 1024
const SUFFIX = '_FILE'

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The environment, with each of `names` for which NAME_FILE is given read from that file, less the
 * line end it ends with. Throws one error with a line for each that is given twice, or whose file
 * cannot be read, is empty or larger than 16 KB. What a file holds never stands in an error.
 */
export function readSecretFiles(environment: Variables, names: readonly string[]): Variables {
  const read: Record<string, string> = {}
  const wrong: string[] = []
  for (const name of names) {
    const path = environment[name + SUFFIX]
    if (path === undefined) continue
    try {
      if (environment[name] !== undefined) throw new Error('are both given: keep one of them.')
      read[name] = contentOf(path)
    } catch (error) {
      const both = environment[name] !== undefined
      wrong.push(`${both ? `${name} and ` : ''}${name}${SUFFIX} ${(error as Error).message}`)
    }
  }
  if (wrong.length > 0) throw new Error(`The configuration is not usable.\n${wrong.join('\n')}`)
  return { ...environment, ...read }
}

function contentOf(path: string): string {
  const file = statSync(path, { throwIfNoEntry: false })
  // A pipe or a device could be read for ever.
  if (!file?.isFile()) throw new Error(`names ${path}, which is not a file.`)
  if (file.size > FILE_BYTES_MAX) throw new Error(`names ${path}, which is larger than 16 KB.`)
  const content = readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  if (content === '') throw new Error(`names ${path}, which is empty.`)
  return content
}
