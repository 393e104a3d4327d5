import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'

const graveIn = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
}

test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw error
  })
})

test('a reader opens Validation, runs a case, and sees the recorded values again', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Help' }).click()
  await page.getByRole('menuitem', { name: /^Validation/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^\d+ of \d+ hold/ })).toBeVisible()
  await page
    .getByRole('navigation', { name: 'Cases' })
    .getByRole('button', { name: /^B1 M\/M\/1/ })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'B1 M/M/1' })).toBeVisible()
  await expect(page.getByRole('figure').getByRole('img', { name: /^B1 M\/M\/1.*over load/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /mean latency/ }).first()).toBeVisible()
  const here = page.getByRole('region', { name: 'Run here', exact: true })
  await here.getByRole('button', { name: 'Run here' }).click()
  await expect(here.getByText(/^Same to the last digit: (\d+) of \1 values\.$/)).toBeVisible({ timeout: 90_000 })
  await expect(page.getByRole('region', { name: 'Run here, short form', exact: true })).toBeVisible()
})

test('a link opens a case; the keyboard reads its figure and goes on to the next case', async ({ page }) => {
  await page.goto('./#/validation?case=B1')
  await expect(page.getByRole('heading', { level: 1, name: 'B1 M/M/1' })).toBeVisible()
  const figure = page.getByRole('group', { name: /^B1 M\/M\/1.*Arrow keys read the values\.$/ }).first()
  await figure.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('figure').first()).toContainText(/ at 0?\.?\d/)
  const read = await page.locator('.fig-read').first().textContent()
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('.fig-read').first()).not.toHaveText(read ?? '')
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('v')
  await expect(page.getByRole('heading', { level: 1, name: 'B1 M/M/1' })).toBeVisible()
})

test('a run here can be cancelled, and every row can be taken home', async ({ page }) => {
  await page.goto('./#/validation')
  await page.getByRole('button', { name: 'Run all here' }).click()
  await page.getByRole('group', { name: 'Cases being run' }).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Run all here' })).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('validation.csv')
})

test('search and group narrow the list; letters do nothing to the rack behind', async ({ page }) => {
  await page.goto('./#/validation')
  const list = page.getByRole('navigation', { name: 'Cases' })
  await list.getByRole('searchbox', { name: 'Search cases' }).fill('kleinrock m/m/1')
  await expect(list.getByRole('button', { name: /^B1 / })).toBeVisible()
  await list.getByRole('searchbox', { name: 'Search cases' }).fill('nothing is like this')
  await expect(list.getByText('No case is like that.')).toBeVisible()
  await list.getByRole('searchbox', { name: 'Search cases' }).fill('')
  const before = await page.evaluate('window.__unrack.docHash()')
  await page.locator('main.validation').click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('a')
  await page.keyboard.press('c')
  await page.keyboard.press('Delete')
  expect(await page.evaluate('window.__unrack.docHash()')).toBe(before)
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in Validation, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto('./#/validation')
    await expect(page.getByRole('heading', { level: 1, name: /hold/ })).toBeVisible()
    expect(await graveIn(page)).toEqual([])
    await page.goto('./#/validation?case=B1')
    await expect(page.getByRole('heading', { level: 1, name: 'B1 M/M/1' })).toBeVisible()
    expect(await graveIn(page)).toEqual([])
  })
}

test('on a phone the overview is the list, without sideways scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('./#/validation')
  await page.getByRole('table').getByRole('button', { name: /^B1 / }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'B1 M/M/1' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
  const main = page.locator('main.validation')
  expect(await main.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false)
  await page.getByRole('button', { name: 'All cases' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /hold/ })).toBeVisible()
})
