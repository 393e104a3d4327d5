import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { deflatedParameter, smallScenarioText } from '../support/links/link-samples'
import { byCommandLine, takeHome } from '../support/take-home'

test('the dialog says when the files are not those of what is on the page', async ({ page }) => {
  await page.goto(`./#/build?v=1&s=${deflatedParameter(smallScenarioText)}`)
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'All files (.zip)' })).toBeEnabled({ timeout: 90_000 })
  await expect(dialog.getByRole('status')).toHaveCount(0)
  await page.keyboard.press('Escape')

  await page.getByRole('textbox', { name: 'Name' }).fill('Edited here')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('those of that run of “A small link — µ”')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Document: / }).click()
  await page.getByRole('menuitem', { name: /^New/ }).click()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('Not run yet')
  await expect(dialog.getByRole('button', { name: 'All files (.zip)' })).toBeDisabled()
})

test('the zip holds what the command line writes, byte for byte', async ({ page }) => {
  await page.goto(`./#/run?v=1&s=${deflatedParameter(smallScenarioText)}`)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  const files = await takeHome(page, 'mouse')
  expect([...files.keys()]).toHaveLength(12)
  expect(files).toEqual(byCommandLine(smallScenarioText, files.keys()))

  const [single] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download summary.csv' }).click(),
  ])
  expect(readFileSync(await single.path(), 'utf8')).toBe(files.get('summary.csv'))
})
