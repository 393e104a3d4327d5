import { expect, test, type Page } from '@playwright/test'

interface Probe {
  readonly status: () => string
  readonly playhead: () => number
  readonly seek: (timePs: number) => void
  readonly stateHash: () => string | null
  readonly idle: () => Promise<void>
  readonly frames: () => number
  readonly frame: () => { readonly lod: string; readonly requests: number } | null
}

/** Asks the page's probe. */
async function ask<T>(page: Page, question: (probe: Probe) => T | Promise<T>): Promise<T> {
  const probe = await page.evaluateHandle<Probe>('window.__unrack')
  return (await probe.evaluate(question as (probe: Probe) => unknown)) as T
}

async function openRun(page: Page) {
  await page.goto('./')
  await page.waitForFunction(() => {
    const probe = (window as unknown as { __unrack?: Partial<Probe> }).__unrack
    return probe?.status?.() === 'done' && probe.frame?.() !== null
  })
}

test('the first screen is simulated and stands before its first interesting decision', async ({ page }) => {
  await openRun(page)
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(page.getByText('Press Play.')).toBeVisible()
  await expect(page.getByRole('slider', { name: 'Playhead' })).toBeVisible()
  const current = page.locator('.log [aria-current="true"]')
  await expect(current).toContainText('Migration')
  await expect(current).toContainText('candidate')
  expect(await ask(page, (probe) => probe.playhead())).toBeGreaterThan(0)
})

test('playing moves the playhead, and pausing stops every frame', async ({ page }) => {
  await openRun(page)
  const start = await ask(page, (probe) => probe.playhead())
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => ask(page, (probe) => probe.playhead())).toBeGreaterThan(start)
  await page.getByRole('button', { name: 'Pause' }).click()
  await ask(page, (probe) => probe.idle())
  await page.waitForTimeout(300)
  const frames = await ask(page, (probe) => probe.frames())
  await page.waitForTimeout(500)
  expect(await ask(page, (probe) => probe.frames())).toBe(frames)
})

test('the state at an instant is the same after playing, seeking, and the end and back', async ({ page }) => {
  await openRun(page)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForTimeout(1500)
  await page.getByRole('button', { name: 'Pause' }).click()
  await ask(page, (probe) => probe.idle())
  const time = await ask(page, (probe) => probe.playhead())
  const played = await ask(page, (probe) => probe.stateHash())
  expect(played).toMatch(/^[0-9a-f]{16}$/)
  const again = async () => {
    const probe = await page.evaluateHandle<Probe>('window.__unrack')
    return probe.evaluate(async (known, to) => {
      known.seek(to)
      await known.idle()
      return known.stateHash()
    }, time)
  }
  await page.getByRole('slider', { name: 'Playhead' }).press('End')
  await ask(page, (probe) => probe.idle())
  expect(await again()).toBe(played)
  await page.getByRole('slider', { name: 'Playhead' }).press('Home')
  await ask(page, (probe) => probe.idle())
  expect(await again()).toBe(played)
})

test('a decision in the log is stood before, with its reasons open', async ({ page }) => {
  await openRun(page)
  await page.getByRole('slider', { name: 'Playhead' }).press('End')
  await page.locator('.log .dec').filter({ hasText: 'Migration' }).getByRole('button').click()
  await expect(page.locator('.log [aria-current="true"] .why-card')).toContainText('policy')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  const stood = await ask(page, (probe) => probe.playhead())
  await page.getByRole('slider', { name: 'Playhead' }).press('Home')
  await page.keyboard.press('n')
  await expect.poll(() => ask(page, (probe) => probe.playhead())).toBe(stood)
})

test('an edit marks the results as stale, and running again makes them fresh where one stands', async ({ page }) => {
  await openRun(page)
  const before = await ask(page, (probe) => probe.playhead())
  await page.getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByRole('button', { name: /^CPU pool cpu/ }).click()
  await page.getByRole('textbox', { name: 'Count' }).fill('4')
  await page.keyboard.press('Tab')
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Run' }).click()
  const ribbon = page.getByRole('status').filter({ hasText: '1 change since this run' })
  await expect(ribbon).toContainText('topology.nodes[0].count')
  await ribbon.getByRole('button', { name: 'Run again' }).click()
  await expect.poll(() => ask(page, (probe) => probe.status()), { timeout: 40_000 }).toBe('done')
  await expect(ribbon).toHaveCount(0)
  expect(await ask(page, (probe) => probe.playhead())).toBe(before)
})

test('results open as real tables whose counts add up', async ({ page }) => {
  await openRun(page)
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Results' })
  const line = (await dialog.getByText('requests offered').textContent()) ?? ''
  const [offered = NaN, completed = NaN, failed = NaN, inFlight = NaN] =
    line.match(/[\d,]+/g)?.map((text) => Number(text.replaceAll(',', ''))) ?? []
  expect(offered).toBeGreaterThan(0)
  expect(completed + failed + inFlight).toBe(offered)
  await dialog.getByRole('tab', { name: 'Links' }).click()
  await expect(dialog.getByRole('table', { name: 'Links, by direction' }).getByRole('row').nth(1)).toBeVisible()
})

test('with reduced motion no more than a few frames a second are drawn', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openRun(page)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForTimeout(500)
  const before = await ask(page, (probe) => probe.frames())
  await page.waitForTimeout(2000)
  expect((await ask(page, (probe) => probe.frames())) - before).toBeLessThan(12)
})
