import { execFileSync } from 'node:child_process'
import { defineConfig } from '@playwright/test'
import { chromiumLaunch } from './tests/support/chromium'

const askForPort =
  'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close() })'

/** A free port, asked for once: the test processes inherit it. */
process.env['UNRACK_E2E_PORT'] ??= execFileSync(process.execPath, ['-e', askForPort], { encoding: 'utf8' }).trim()
const url = `http://localhost:${process.env['UNRACK_E2E_PORT']}/`

/** A person's paths through the built page (`npm run build` first). */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: chromiumLaunch(),
  },
  webServer: {
    command: `npx vite preview --port ${process.env['UNRACK_E2E_PORT']} --strictPort`,
    url,
    reuseExistingServer: false,
  },
})
