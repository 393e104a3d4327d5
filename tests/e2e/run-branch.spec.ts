import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'

async function openRun(page: Page) {
  await page.goto('./')
  await page.waitForFunction(() => {
    const probe = (window as unknown as { __unrack?: { status?: () => string; frame?: () => unknown } }).__unrack
    return probe?.status?.() === 'done' && probe.frame?.() !== null
  })
}

/** Keyboard alone: the branch without the decision that the first screen stands before. */
async function branchWithoutMigration(page: Page) {
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog', { name: /^Branch from/ })
  await expect(dialog.getByRole('button', { name: 'Run B' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'No migration from here' }).press('Enter')
  await expect(dialog.getByRole('status')).toContainText('B: migration never from')
  return dialog
}

test('a branch without a decision is compared with the run, and either course can be watched', async ({ page }) => {
  await openRun(page)
  const dialog = await branchWithoutMigration(page)
  const axe = await new AxeBuilder({ page }).include('.branch-dialog').analyze()
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  await dialog.getByRole('button', { name: 'Run B' }).press('Enter')
  const comparison = page.getByRole('region', { name: 'Comparison of A and B' })
  await expect(comparison).toContainText(/lowers|raises|Not distinguishable/)
  const log = page.getByRole('list', { name: 'Decisions, latest first' })
  const moves = comparison.getByRole('row', { name: /^migrations/ })
  await expect(moves.getByRole('cell').nth(1)).toHaveText('0')
  await expect(page.getByRole('group', { name: 'Branch' })).toContainText('B: migration never from')
  await expect(log.getByText('Migration')).toHaveCount(0)
  await page.getByRole('group', { name: 'Course' }).getByRole('button', { name: 'A' }).click()
  await expect(log.getByText('Migration').first()).toBeVisible()
  await page.getByRole('button', { name: 'Close the branch' }).click()
  await expect(comparison).toHaveCount(0)
})

test('what a branch changes is a form with all rules, and the document stays as it is', async ({ page }) => {
  await openRun(page)
  const hash = () => page.evaluate(() => (window as unknown as { __unrack: { docHash(): string } }).__unrack.docHash())
  const before = await hash()
  await page.getByRole('button', { name: 'Branch from here' }).click()
  const dialog = page.getByRole('dialog', { name: /^Branch from/ })
  await dialog.getByLabel('What changes').selectOption('loadBalancing')
  await dialog.getByLabel('Rule').selectOption('round-robin')
  await expect(dialog.getByRole('status')).toContainText('B: load balancing round-robin from')
  await dialog.getByLabel('What changes').selectOption('faults')
  await dialog.getByRole('button', { name: 'Add a fault' }).click()
  await expect(dialog.getByRole('status')).toContainText('one fault more')
  await dialog.getByRole('button', { name: 'Run B' }).click()
  await expect(page.getByRole('region', { name: 'Comparison of A and B' })).toContainText('requests ended in both')
  expect(await hash()).toBe(before)
})
