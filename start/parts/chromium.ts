import { fileURLToPath } from 'node:url'
import { chromium as playwright } from 'playwright-core'
import { isExecutable, onPath } from '../process/on-path.ts'
import { runLong } from '../process/run.ts'
import { progress } from '../say.ts'
import type { Packages } from './install.ts'
import { install } from './install.ts'

export const CHROMIUM_PACKAGES: Packages = {
  apt: 'chromium-headless-shell',
  brew: '--cask chromium',
}

const COMMANDS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
const DOWNLOAD_LIMIT_MS = 600_000

/** A Chromium on PATH, or the one Playwright installed. */
export function findChromium(): string | undefined {
  return onPath(...COMMANDS) ?? [playwright.executablePath()].find(isExecutable)
}

/** A Chromium, installed when there is none: by the package manager, else by Playwright. */
export async function chromium(): Promise<string> {
  const found = findChromium()
  if (found) return found
  await progress('installing Chromium', async () => {
    try {
      await install(CHROMIUM_PACKAGES)
    } catch {
      const cli = fileURLToPath(import.meta.resolve('playwright-core/cli.js'))
      const args = [cli, 'install', 'chromium-headless-shell']
      await runLong(process.execPath, args, { limitMs: DOWNLOAD_LIMIT_MS })
    }
  })
  const installed = findChromium()
  if (!installed) throw new Error('Chromium was installed but cannot be found.')
  return installed
}
