import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'

test.beforeEach(async ({ page }) => {
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto('./')
  await expect(page.getByRole('button', { name: /^Document: Hot shard/ })).toBeVisible()
  await page.getByRole('button', { name: 'Build', exact: true }).click()
})

const inspector = (page: Page) => page.locator('[data-region="inspector"]')

/** Nothing is wrong with the scenario: it can be run. */
const canRun = (page: Page) => expect(page.getByRole('button', { name: 'Run', exact: true }).last()).toBeEnabled()

async function runs(page: Page) {
  await page.keyboard.press('Control+Enter')
  await page.waitForFunction(
    () => (window as unknown as { __unrack: { status: () => string } }).__unrack.status() === 'done',
  )
}

test('a fault at random is made in its form, and the run tells when it came', async ({ page }) => {
  await page.getByRole('tab', { name: 'Load' }).click()
  await page.getByRole('button', { name: 'Add Fault' }).click()
  const form = inspector(page)
  await form.getByLabel('Hits').selectOption('node cpu')
  await form.getByLabel('Comes').selectOption('random')
  await expect(form.getByLabel('Fails after')).toHaveValue('exponential')
  await form.getByLabel('Fails after').selectOption('constant')
  await form.getByLabel('Value', { exact: true }).fill('0.2')
  await expect(page.getByRole('button', { name: /at random$/ })).toBeVisible()
  await canRun(page)
  const { violations } = await new AxeBuilder({ page }).include('[data-region="inspector"]').analyze()
  expect(violations.map((one) => one.id)).toEqual([])

  await runs(page)
  const log = page.getByRole('list', { name: 'Decisions, latest first' })
  await expect(log.getByText(/^is down: /).first()).toBeVisible()
  await expect(page.locator('.lane-name', { hasText: 'faults' })).toBeVisible()
  // Back to one at a time: what belongs to the other kind is gone.
  await page.getByRole('button', { name: 'Build', exact: true }).click()
  await form.getByLabel('Comes').selectOption('once')
  await expect(form.getByLabel('Fails after')).toHaveCount(0)
  await canRun(page)
})

test('an order to evacuate a device by whatever mechanism is best', async ({ page }) => {
  await page.getByRole('tab', { name: 'Policies' }).click()
  await page.getByRole('button', { name: 'Add Order' }).click()
  const form = inspector(page)
  await form.getByLabel('At', { exact: true }).fill('0.1')
  await form.getByLabel('What').selectOption('evacuate')
  await form.getByLabel('Mechanism').selectOption('auto')
  await expect(page.getByRole('button', { name: /^all leave cpu\.0/ })).toBeVisible()
  await canRun(page)
  await runs(page)
  await expect(page.getByRole('list', { name: 'Decisions, latest first' })).toContainText('kv.0, cpu.0 →')
})

test('a footprint that changes, what first use costs, and attempts have forms', async ({ page }) => {
  const form = inspector(page)
  await page.getByRole('tab', { name: 'App' }).click()
  await page.getByRole('button', { name: /^kv/ }).first().click()
  await form.getByRole('button', { name: 'Phase of the footprint' }).click()
  await form.getByRole('group', { name: 'Phase 1' }).getByLabel('From').fill('0.4')
  await form.getByLabel('Code', { exact: true }).fill('4')
  await form.getByLabel('Hot pages last').fill('50')
  await canRun(page)
  await page.getByRole('tab', { name: 'Load' }).click()
  await page.getByRole('button', { name: /^readers/ }).click()
  await form.getByLabel('Attempts').selectOption('several')
  await form.getByLabel('Retries', { exact: true }).fill('2')
  await canRun(page)
  await form.getByLabel('Attempts').selectOption('')
  await expect(form.getByLabel('Retries', { exact: true })).toHaveCount(0)
  await canRun(page)
})
