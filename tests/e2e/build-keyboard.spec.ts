import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectSameByCommandLine, takeHome } from '../support/take-home'

const said = (page: Page) => page.getByRole('status', { name: 'Announcements' })
const docHash = (page: Page): Promise<string> =>
  page.evaluate(() => (window as unknown as { __unrack: { docHash(): string } }).__unrack.docHash())

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** A new document, by keyboard alone, with the keyboard on the empty stage. */
async function openEmpty(page: Page): Promise<void> {
  await page.goto('./')
  await expect(page.getByRole('button', { name: /^Document: (?!Untitled)/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find or do' }).pressSequentially('new scenario')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'Stage, empty. Press A to add a pool.' })).toBeFocused()
}

test('a rack is built from nothing by keyboard alone, and every step is said', async ({ page }) => {
  await openEmpty(page)
  await press(page, 'a', 'c', 'Enter')
  await press(page, 'a', 'm')
  await expect(said(page)).toHaveText(/Memory pool mem added, right of cpu\./)
  await press(page, 'ArrowRight', 'Enter')
  await press(page, 'a', 's')
  await expect(said(page)).toHaveText(/Switch tor added/)
  await press(page, 'a', 'n', 'Enter')
  await expect(said(page)).toHaveText(/Dropped/)
  const outline = page.getByRole('tree', { name: 'Outline' })
  for (const name of ['cpu, ×1', 'mem, ×1', 'tor', 'nic, ×1'])
    await expect(outline.getByRole('treeitem', { name, exact: true })).toBeVisible()

  for (const from of ['cpu', 'mem', 'nic']) {
    await page.locator(`[data-node="${from}"]`).focus()
    await press(page, 'l')
    await expect(page.getByRole('combobox', { name: `Link ${from} to` })).toBeFocused()
    await page.keyboard.type('tor')
    await press(page, 'Enter')
    await expect(said(page)).toHaveText(new RegExp(`CXL link ${from} to tor added`))
    await expect(page.locator(`[data-node="${from}"]`)).toBeFocused()
  }

  await page.getByRole('button', { name: 'Add a source' }).focus()
  await press(page, 'Enter')
  const rate = page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Rate')
  await expect(rate).toBeFocused()
  await rate.fill('1000')
  await press(page, 'Escape')
  await expect(page.locator('.stage-ground :focus')).toHaveCount(1)

  // A source needs something to ask for.
  await page.getByRole('tab', { name: 'App' }).focus()
  await press(page, 'Enter')
  await page.getByRole('button', { name: 'Add Service' }).focus()
  await press(page, 'Enter')
  await page.getByRole('button', { name: 'Ask for service.work' }).focus()
  await press(page, 'Enter')
  await expect(page.getByText('4 nodes, 3 devices, 3 links')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run', exact: true }).last()).toBeEnabled()

  // Run it, see what was decided, take the numbers home.
  await press(page, 'Control+Enter')
  const decision = page.getByRole('region', { name: 'Decisions' }).getByRole('button', { name: /service\.0 → cpu\.0/ })
  await expect(decision).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find or do' }).pressSequentially('export')
  await press(page, 'Enter')
  const files = await takeHome(page, 'keyboard')
  expect(files.get('decisions.csv')).toContain('placement,service.0')
  expectSameByCommandLine(files)
})

test('undo takes every step back and redo brings every one again, and the keyboard is never lost', async ({ page }) => {
  await openEmpty(page)
  const empty = await docHash(page)
  await press(page, 'a', 'c', 'Enter', 'a', 's', 'ArrowDown', 'Enter')
  const built = await docHash(page)
  for (let i = 0; i < 3; i += 1) await press(page, 'Control+z')
  expect(await docHash(page)).toBe(empty)
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false)
  for (let i = 0; i < 3; i += 1) await press(page, 'Control+Shift+z')
  expect(await docHash(page)).toBe(built)
})

test('deleting gives the keyboard to a neighbor', async ({ page }) => {
  await openEmpty(page)
  await press(page, 'a', 'c', 'Enter', 'a', 'm', 'Enter', 'Delete')
  await expect(said(page)).toHaveText(/mem deleted/)
  await expect(page.locator('[data-node="cpu"]')).toBeFocused()
})

test('the outline renames a pool and everything that names it follows', async ({ page }) => {
  await openEmpty(page)
  await press(page, 'a', 'c', 'Enter', 'a', 's', 'Enter')
  await expect(page.locator('[data-node="tor"]')).toBeFocused()
  await press(page, 'l')
  await expect(page.getByRole('combobox', { name: 'Link tor to' })).toBeFocused()
  await page.keyboard.type('cpu')
  await press(page, 'Enter')
  await expect(said(page)).toHaveText(/link tor to cpu added/)
  await page.getByRole('treeitem', { name: 'tor', exact: true }).focus()
  await press(page, 'F2')
  await page.getByRole('textbox', { name: 'New name of tor' }).fill('spine')
  await press(page, 'Enter')
  await expect(page.getByRole('treeitem', { name: 'spine', exact: true })).toBeFocused()
  const link = await page.evaluate(() => {
    const probe = (
      window as unknown as { __unrack: { document(): { topology: { links: { from: string; to: string }[] } } } }
    ).__unrack
    return probe.document().topology.links[0]
  })
  expect(link).toMatchObject({ from: 'spine', to: 'cpu' })
})

test('with single keys off the stage takes no letters, and the outline menu does the same work', async ({ page }) => {
  await openEmpty(page)
  await press(page, '?')
  await page.getByLabel('Letters alone are shortcuts').focus()
  await press(page, 'Space', 'Escape')
  await expect(page.getByRole('group', { name: 'Stage, empty. Press A to add a pool.' })).toBeFocused()
  await press(page, 'a', 'c')
  await expect(page.locator('[data-node="cpu"]')).toHaveCount(0)
  await page.getByRole('treeitem', { name: 'Services, 0' }).focus()
  await press(page, 'Shift+F10')
  await expect(page.getByRole('menuitem', { name: 'Add a service' })).toBeFocused()
  await press(page, 'Enter')
  await expect(page.getByRole('treeitem', { name: 'service, ×1' })).toBeVisible()
})

test('F6 goes round the regions', async ({ page }) => {
  await openEmpty(page)
  for (const part of ['.panel.left', '.panel.rightp', '.dock']) await expect(page.locator(part)).toBeVisible()
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
  const region = () =>
    page.evaluate(
      () => document.activeElement?.closest('.panel.left, .panel.rightp, .dock, .stage-ground')?.className ?? '',
    )
  const seen: string[] = []
  for (let i = 0; i < 4; i += 1) {
    await press(page, 'F6')
    seen.push(await region())
  }
  expect(new Set(seen).size).toBe(4)
  expect(seen[3]).toContain('stage-ground')
})
