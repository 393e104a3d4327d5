import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { deflatedParameter, smallScenarioText } from '../support/links/link-samples'

const project = resolve(import.meta.dirname, '../..')

test('before a run is done the dialog says why there are no files', async ({ page }) => {
  await page.goto('./#/build?v=1')
  await page.getByRole('button', { name: /^Document: / }).click()
  await page.getByRole('menuitem', { name: /^New/ }).click()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await expect(dialog.getByRole('button', { name: 'Scenario .json' })).toBeEnabled()
})

test('the zip holds what the command line writes, byte for byte', async ({ page }) => {
  await page.goto(`./#/run?v=1&s=${deflatedParameter(smallScenarioText)}`)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  const all = dialog.getByRole('button', { name: 'All files (.zip)' })
  await expect(all).toBeEnabled({ timeout: 20_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), all.click()])
  expect(download.suggestedFilename()).toBe('a-small-link.zip')
  const zipped = unzipSync(readFileSync(await download.path()))

  const folder = mkdtempSync(join(tmpdir(), 'unrack-e2e-'))
  try {
    writeFileSync(join(folder, 'small.json'), smallScenarioText)
    const args = [
      'run',
      '-s',
      'unrack',
      '--',
      'run',
      join(folder, 'small.json'),
      '--out',
      join(folder, 'out'),
      '--quiet',
    ]
    execFileSync('npm', args, { cwd: project })
    expect(Object.keys(zipped).sort()).toHaveLength(10)
    for (const [name, bytes] of Object.entries(zipped)) {
      expect(strFromU8(bytes), name).toBe(readFileSync(join(folder, 'out', name), 'utf8'))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }

  const [single] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download summary.csv' }).click(),
  ])
  expect(readFileSync(await single.path(), 'utf8')).toBe(strFromU8(zipped['summary.csv']))
})
