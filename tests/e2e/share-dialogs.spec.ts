import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import type { Locator } from '@playwright/test'
import { brokenLinks } from '../support/links/link-samples'

const dialogs = [
  ['Share', 'g', 's'],
  ['Export', 'g', 'e'],
  ['Open or import', 'Control+o'],
  ['Versions and documents', 'Control+s'],
] as const

/** Waits for the end of every transition: colors on the way from one to the other are not those that people read. */
async function colorsAreStill(dialog: Locator): Promise<void> {
  await expect.poll(() => dialog.evaluate((node) => node.getAnimations({ subtree: true }).length)).toBe(0)
}

for (const theme of ['light', 'dark'] as const) {
  test(`the dialogs about files and links are sound for assistive technology, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto('./')
    await expect(page.getByRole('button', { name: /^Document: Hot shard/ })).toBeVisible()
    for (const [name, ...keys] of dialogs) {
      for (const key of keys) await page.keyboard.press(key)
      const dialog = page.getByRole('dialog', { name })
      await expect(dialog).toBeVisible()
      if (name === 'Export') await expect(dialog.getByRole('button', { name: /All files/ })).toBeEnabled()
      await colorsAreStill(dialog)
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze()
      expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    }
  })
}

test('a dialog gives the keyboard back to where it was', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('button', { name: /^Document: Hot shard/ })).toBeVisible()
  const share = page.getByRole('button', { name: 'Share', exact: true })
  await share.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(share).toBeFocused()
})

test('the notice of a refused link is sound for assistive technology', async ({ page }) => {
  await page.goto(`./${brokenLinks.truncated}`)
  await expect(page.getByRole('alert').filter({ hasText: 'The end of this link is missing' })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).include('.file-notice').analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
})
