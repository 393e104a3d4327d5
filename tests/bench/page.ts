import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { scenarioParameter } from '../../src/share'
import { chromiumLaunch } from '../support/chromium'
import { crowd, crowdedRack } from './crowded-rack'

/** Measures the built page while it plays. Prints what it finds and never fails for being slow. */

interface Probe {
  readonly status: () => string
  readonly seek: (timePs: number) => void
  readonly idle: () => Promise<void>
  readonly frames: () => number
  readonly stats: () => { readonly p95: number; readonly longTasks: number }
  readonly frame: () => { readonly lod: string; readonly requests: number } | null
}

const playSeconds = 10
const runLimitMs = 180_000

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Serves the built page; the answer is its address and how to stop. */
async function servePage(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const vite = join(process.cwd(), 'node_modules/vite/bin/vite.js')
  const server = spawn(process.execPath, [vite, 'preview', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  for (;;) {
    const [chunk] = (await once(server.stdout, 'data')) as [Buffer]
    text += chunk.toString()
    // The address may be written in color: take the digits alone.
    const port = /localhost:(\d+)/.exec(text.replace(/\u001b\[[0-9;]*m/g, ''))?.[1]
    if (port !== undefined) return { url: `http://localhost:${port}/`, stop: () => server.kill() }
  }
}

async function ask<T>(page: Page, question: (probe: Probe) => T | Promise<T>): Promise<T> {
  const probe = await page.evaluateHandle<Probe>('window.__unrack')
  return (await probe.evaluate(question as (probe: Probe) => unknown)) as T
}

/** Plays for a while from the middle of the run and prints what it cost. */
async function measure(page: Page, name: string, speed: number): Promise<void> {
  await page.getByRole('slider', { name: 'Speed' }).fill(String(speed))
  await ask(page, async (probe) => {
    probe.seek(20e9)
    await probe.idle()
  })
  await page.getByRole('button', { name: 'Play' }).click()
  await page.waitForTimeout(1000)
  const before = await ask(page, (probe) => ({
    frames: probe.frames(),
    at: performance.now(),
    long: probe.stats().longTasks,
  }))
  await page.waitForTimeout(1000 * playSeconds)
  const after = await ask(page, (probe) => ({
    frames: probe.frames(),
    at: performance.now(),
    long: probe.stats().longTasks,
    p95: probe.stats().p95,
    picture: probe.frame(),
  }))
  await page.getByRole('button', { name: 'Pause' }).click()
  const fps = ((after.frames - before.frames) * 1000) / (after.at - before.at)
  const { picture } = after
  print(
    `${name}: ${fps.toFixed(1)} frames/s, p95 ${after.p95.toFixed(1)} ms, ${after.long - before.long} tasks over 50 ms; ` +
      `${picture?.requests ?? 0} requests in flight, drawn as ${picture?.lod ?? 'nothing'}`,
  )
}

async function open(page: Page, url: string, users: number): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${url}#/run?v=1&s=${await scenarioParameter(crowdedRack(users))}`)
  await page.waitForFunction(
    () => {
      const probe = (window as unknown as { __unrack?: Partial<Probe> }).__unrack
      return probe?.status?.() === 'done' && probe.frame?.() !== null
    },
    null,
    { timeout: runLimitMs },
  )
}

const { url, stop } = await servePage()
const browser = await chromium.launch(chromiumLaunch())
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  print(`20 pools, ${playSeconds} s of play each`)
  await open(page, url, crowd)
  // Positions of the speed slider, 0 to 1000 from 200 ns to 200 ms a second.
  await measure(page, `${crowd} users, 1 s shows 2 µs`, 167)
  await measure(page, `${crowd} users, 1 s shows 200 µs`, 500)
  await open(page, url, 4 * crowd)
  await measure(page, `${4 * crowd} users, 1 s shows 2 µs`, 167)
} finally {
  await browser.close()
  stop()
}
