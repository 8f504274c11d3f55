import { globSync, renameSync, rmSync, statSync } from 'node:fs'
import { runLong } from './process/run.ts'
import { progress } from './say.ts'

const BUILT = 'ui/dist'
const DRAFT = 'ui/dist.new'
const SOURCES = [
  'ui/{index.html,vite.config.ts,tsconfig.json}',
  'ui/{src,public,build,code-editor}/**/*',
  'core/{contracts,kernel}/**/*.ts',
  'package-lock.json',
]
const BUILD_LIMIT_MS = 300_000

/** Builds the UI unless what was built last is newer than all it is made of. */
export async function buildUi(): Promise<void> {
  const built = changedAt(`${BUILT}/index.html`)
  if (globSync(SOURCES).every((file) => changedAt(file) < built)) return
  const args = ['build', 'ui', '--outDir=dist.new', '--emptyOutDir', '--logLevel=warn']
  await progress('building the UI', () =>
    runLong('node_modules/.bin/vite', args, { limitMs: BUILD_LIMIT_MS }),
  )
  // It appears under its name only when it is whole.
  rmSync(BUILT, { recursive: true, force: true })
  renameSync(DRAFT, BUILT)
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
