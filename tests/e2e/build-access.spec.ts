import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the Build view, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto('./')
    await expect(page.getByRole('button', { name: /^Document: (?!Untitled)/ })).toBeVisible()
    await page.getByRole('button', { name: 'Build', exact: true }).click()
    await page.locator('[data-node]').first().focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Follows from this' })).toBeVisible()
    for (const tab of ['Topology', 'App', 'Load', 'Policies']) {
      await page.getByRole('tab', { name: tab }).click()
      const { violations } = await new AxeBuilder({ page }).analyze()
      const grave = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')
      expect(grave.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual(
        [],
      )
    }
  })
}

test('on a phone a scenario is viewed first, and edited after "Edit a copy"', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('./')
  await page.getByRole('button', { name: 'Edit a copy' }).click()
  await expect(page.getByRole('tree', { name: 'Outline' })).toBeVisible()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(wide).toBe(false)
})
