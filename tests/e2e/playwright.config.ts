import { defineConfig } from '@playwright/test'

const TEST_LIMIT_MS = 45_000
const EXPECT_LIMIT_MS = 8_000

/** Where the installation of this run is; the set-up says so before the tests are loaded. */
const baseURL = process.env['E2E_URL'] ?? ''
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium-headless-shell'

export default defineConfig({
  testMatch: '*.e2e.ts',
  globalSetup: './installation.ts',
  outputDir: '../../test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: TEST_LIMIT_MS,
  expect: { timeout: EXPECT_LIMIT_MS },
  use: {
    baseURL,
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    // A test that stands in for the server must be asked for each file.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
})
