// npm run screens: builds the page and takes the pictures of docs/screens, light and dark, desktop and phone.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { preview } from 'vite'
import { ensureSystemTools } from './system-tools.mjs'
import { root } from './install.mjs'

/** @typedef {{ name: string, width: number, height: number, view: 'build' | 'run' | 'validation' }} Screen */

/** @type {Screen[]} */
const screens = [
  { name: 'run', width: 1440, height: 900, view: 'run' },
  { name: 'build', width: 1440, height: 900, view: 'build' },
  { name: 'phone', width: 390, height: 844, view: 'run' },
  { name: 'validation', width: 1440, height: 900, view: 'validation' },
]

ensureSystemTools()
const vite = join(root, 'node_modules/vite/bin/vite.js')
const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
if (built.status !== 0) process.exit(1)
const server = await preview({ root, preview: { port: 0 } })
const url = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
mkdirSync(join(root, 'docs/screens'), { recursive: true })

/** Opens the first scenario, waits for its run, plays into the decision or goes to Build. @param {Screen} screen @param {'light' | 'dark'} theme */
async function take({ name, width, height, view }, theme) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme })
  await page.goto(view === 'validation' ? `${url}#/validation` : url)
  if (view === 'validation') {
    await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 })
    await page.waitForTimeout(1000)
    await page.screenshot({ path: join(root, `docs/screens/${name}-${theme}.png`) })
    await page.close()
    return
  }
  await page.getByText(/is about to move/).waitFor({ timeout: 60_000 })
  await page.getByRole('progressbar').waitFor({ state: 'hidden', timeout: 60_000 })
  if (view === 'build') {
    await page.getByRole('button', { name: 'Build', exact: true }).click()
    await page.locator('[data-node="cpu"]').click({ position: { x: 70, y: 12 } })
  } else {
    await page.evaluate('window.__unrack.seek(348.6e9)')
  }
  await page.waitForTimeout(2500)
  await page.screenshot({ path: join(root, `docs/screens/${name}-${theme}.png`) })
  await page.close()
}

for (const theme of /** @type {const} */ (['light', 'dark'])) for (const screen of screens) await take(screen, theme)
await browser.close()
await server.close()
