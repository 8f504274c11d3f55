import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
/** The type checker reads what the handlers stand on, packages included. */
const COMPILE_LIMIT = { timeout: 60_000 }

/** What the page tells to write, as code without its indentation. */
const [contract = '', handler = '', inList = '', inRoutes = ''] = Array.from(
  readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs),
  ([, code]) => code!.replaceAll(/^ {3}/gm, ''),
)

/** The files as they are after somebody has done what the page says. */
const WRITTEN: Readonly<Record<string, string>> = {
  'core/contracts/kanban.ts': insert('core/contracts/kanban.ts', 'kanbanActions = {', contract),
  'core/contracts/action-routes.ts': insert(
    'core/contracts/action-routes.ts',
    'ACTION_ROUTES = {',
    inRoutes,
  ),
  'activities/kanban/postpone-card.ts': handler,
  'activities/kanban/index.ts':
    "import { postponeCard } from './postpone-card.ts'\n" +
    insert('activities/kanban/index.ts', 'keyof typeof kanbanActions> = {', inList),
}

test('the action that CONTRIBUTING.md adds compiles as it stands there', COMPILE_LIMIT, () => {
  expect(problemsOf(WRITTEN)).toEqual([])
})

function insert(path: string, after: string, lines: string): string {
  return readFileSync(join(ROOT, path), 'utf8').replace(after, `${after}\n${lines}`)
}

/** What the type checker says of these files, with each other in place of those on disk. */
function problemsOf(files: Readonly<Record<string, string>>): string[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT)
  const host = ts.createCompilerHost(options)
  const written = new Map(Object.entries(files).map(([path, text]) => [join(ROOT, path), text]))
  const { readFile, fileExists } = host
  host.readFile = (path) => written.get(path) ?? readFile(path)
  host.fileExists = (path) => written.has(path) || fileExists(path)
  const program = ts.createProgram([...written.keys()], options, host)
  return [...written.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  )
}
