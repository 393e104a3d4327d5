import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { deflatedParameter } from '../support/links/link-samples'
import { branchByCommandLine, takeHome } from '../support/take-home'

const scenario = readFileSync('public/scenarios/hot-shard-moves.json', 'utf8')

async function runIsDone(page: Page) {
  await page.waitForFunction(() => {
    const probe = (window as unknown as { __unrack?: { status?: () => string; frame?: () => unknown } }).__unrack
    return probe?.status?.() === 'done' && probe.frame?.() !== null
  })
}

const figures = (page: Page) => page.getByRole('region', { name: 'Comparison of A and B' })

/** The branch of the first scenario at 300 ms that never migrates. */
async function branch(page: Page) {
  await page.goto(`./#/run?v=1&t=300ms&s=${deflatedParameter(scenario)}`)
  await runIsDone(page)
  await page.evaluate(() => {
    ;(window as unknown as { __unrack: { seek(ps: number): void } }).__unrack.seek(300e9)
  })
  await page.getByRole('button', { name: 'Branch from here' }).click()
  const dialog = page.getByRole('dialog', { name: 'Branch from 300.000 ms' })
  await dialog.getByLabel('Rule').selectOption('never')
  await dialog.getByRole('button', { name: 'Run B' }).click()
  await expect(figures(page)).toContainText('requests ended in both', { timeout: 60_000 })
}

test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw error
  })
})

test('the files of a branch are those that the command line writes, byte for byte', async ({ page }) => {
  await branch(page)
  const [single] = await Promise.all([
    page.waitForEvent('download'),
    figures(page).getByRole('button', { name: 'difference.csv' }).click(),
  ])
  expect(single.suggestedFilename()).toBe('difference.csv')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Export' })).toContainText('the branch against the run')
  const files = await takeHome(page, 'mouse')
  expect(files.size).toBe(25)
  expect(readFileSync(await single.path(), 'utf8')).toBe(files.get('difference.csv'))
  const theirs = branchByCommandLine(scenario, ['--at', '0.3', '--set', 'policies.migration.use=never'], files.keys())
  for (const [name, text] of files) expect(text, name).toBe(theirs.get(name))
})

test('a link to a branch opens it, with the same figures', async ({ page }) => {
  await branch(page)
  const before = await figures(page).innerText()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await expect(dialog.getByRole('button', { name: 'Link to this branch' })).toHaveAttribute('aria-pressed', 'true')
  const link = dialog.getByRole('textbox', { name: 'Link' })
  await expect(link).toHaveValue(/&b=300ms~[0-9a-f]{12}~d1\./)
  const address = await link.inputValue()

  await page.goto('about:blank')
  await page.goto(address)
  await expect(page.getByText('Your results, of the run and of the branch, equal the author’s')).toBeVisible({
    timeout: 90_000,
  })
  await expect(page.getByRole('group', { name: 'Branch' })).toContainText('B: migration never from 300.000 ms')
  expect(await figures(page).innerText()).toBe(before)

  // Without the branch the same link opens the scenario; a branch that is none is told and left out.
  await page.goto('about:blank')
  await page.goto(address.replace(/~d1\.[^&]*/, '~d1.AAAA.00000000'))
  await expect(page.getByText('The branch of this link is left out')).toBeVisible({ timeout: 60_000 })
  await expect(figures(page)).toHaveCount(0)
})

test('the address bar holds the branch too, and a reload goes on with it', async ({ page }) => {
  await branch(page)
  const before = await figures(page).innerText()
  await expect.poll(() => page.url(), { timeout: 10_000 }).toMatch(/&b=300ms~~d1\./)
  await page.reload()
  await expect(page.getByRole('group', { name: 'Branch' })).toContainText('B: migration never from 300.000 ms', {
    timeout: 90_000,
  })
  await expect(figures(page)).toHaveText(before, { useInnerText: true })
})

test('code in the branch of a link is shown before it runs', async ({ page }) => {
  const code = 'function decide() { return [] }'
  const change = JSON.stringify({
    format: 'unrack-scenario',
    version: 1,
    policies: { migration: { use: 'custom', code } },
  })
  await page.goto(`./#/run?v=1&b=300ms~~${deflatedParameter(change)}&s=${deflatedParameter(scenario)}`)
  const dialog = page.getByRole('dialog', { name: 'This link carries code' })
  await expect(dialog).toContainText(code, { timeout: 60_000 })
  await expect(page.getByRole('group', { name: 'Branch' })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Branch' })).toContainText('B: migration custom from 300.000 ms')
})
