import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'

async function openBuild(page: Page): Promise<void> {
  await page.goto('./')
  await expect(page.getByRole('button', { name: /^Document: (?!Untitled)/ })).toBeVisible()
  await page.getByRole('button', { name: 'Build', exact: true }).click()
  await expect(page.locator('[data-node]').first()).toBeVisible()
}

const documentOf = (page: Page): Promise<unknown> => page.evaluate('window.__unrack.document()')

test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw error
  })
})

test('fidelity is chosen by keyboard, runs, and is said beside the run', async ({ page }) => {
  await openBuild(page)
  await page.getByRole('tab', { name: 'Load' }).click()
  await page.getByRole('tabpanel', { name: 'Load' }).getByRole('button', { name: /seed/ }).click()
  const choices = page.getByRole('group', { name: 'Fidelity' })
  await choices.getByRole('radio', { name: 'burst', exact: true }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(choices.getByRole('radio', { name: 'line', exact: true })).toBeChecked()
  await expect(choices.getByText(/^Every packet and every cache line/)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: 'Fidelity: line' })).toBeVisible()
  await page.getByRole('button', { name: 'Fidelity: line' }).click()
  await page.getByRole('menuitem', { name: 'Measured errors and speeds' }).click()
  await expect(page.getByRole('combobox', { name: 'Group' })).toHaveValue('fidelity')
})

test('engines of a NIC are rows of a form', async ({ page }) => {
  await openBuild(page)
  await page.locator('[data-node="nic"]').click({ position: { x: 70, y: 12 } })
  await page.getByRole('button', { name: /^All \d+ fields/ }).click()
  await page.getByRole('button', { name: 'Add an engine' }).click()
  await page.getByRole('combobox', { name: 'Work of engine 1' }).selectOption('compression')
  await page.getByRole('textbox', { name: 'Bandwidth of engine 1, GB/s' }).fill('12')
  await expect
    .poll(() => documentOf(page))
    .toMatchObject({
      topology: {
        nodes: expect.arrayContaining([
          expect.objectContaining({
            id: 'nic',
            spec: expect.objectContaining({ engines: [{ work: 'compression', bandwidthGBps: 12 }] }),
          }),
        ]),
      },
    })
  await page.getByRole('button', { name: 'Delete engine 1' }).click()
  await expect(page.getByRole('combobox', { name: 'Work of engine 1' })).toBeHidden()
})

test('a number is typed through the value of its preset, and emptied first', async ({ page }) => {
  await openBuild(page)
  await page.locator('[data-node="cpu"]').click({ position: { x: 70, y: 12 } })
  const cores = page.getByRole('textbox', { name: 'Cores' })
  await cores.fill('')
  const preset = (await cores.getAttribute('placeholder')) ?? ''
  expect(preset).toMatch(/^\d+$/)
  await cores.pressSequentially(`${preset}0`)
  await expect(cores).toHaveValue(`${preset}0`)
  await page.locator('[data-node="nic"]').click({ position: { x: 70, y: 12 } })
  await page.getByRole('button', { name: /^All \d+ fields/ }).click()
  await page.getByRole('button', { name: 'Add an engine' }).click()
  const rate = page.getByRole('textbox', { name: 'Bandwidth of engine 1, GB/s' })
  await rate.fill('')
  await expect(rate).toHaveValue('')
  await rate.fill('2,5')
  await expect(page.getByText(/^2,5 can be read in two ways/)).toBeVisible()
  await rate.press('Escape')
  await expect(page.getByText(/^2,5 can be read in two ways/)).toBeHidden()
})

test('a kernel step that makes batches is built by keyboard', async ({ page }) => {
  await openBuild(page)
  await page.getByRole('treeitem', { name: /^get/ }).click()
  await page.getByRole('button', { name: /^Add a step to/ }).focus()
  await page.keyboard.press('Enter')
  for (const _ of ['Memory', 'Kernel']) await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Kernel' })).toBeFocused()
  await page.keyboard.press('Enter')
  const flops = page.getByRole('textbox', { name: 'Operations' })
  await flops.focus()
  await page.keyboard.type('2e9')
  await expect(page.getByRole('textbox', { name: 'Batch window' })).toBeHidden()
  await page.getByRole('textbox', { name: 'Batch', exact: true }).focus()
  await page.keyboard.type('8')
  await page.getByRole('textbox', { name: 'Batch window' }).focus()
  await page.keyboard.type('50')
  await page.getByRole('combobox', { name: 'Repeats' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('combobox', { name: 'How often' })).toHaveValue('lognormal')
  expect(JSON.stringify(await documentOf(page))).toMatch(
    /"do":"kernel","flops":2000000000,.*"batchSize":8,"batchWindowUs":50,"repeat":\{"dist":"lognormal"/,
  )
})

test('a doubtful figure is marked where it is and beside the run, and is in nobody’s way', async ({ page }) => {
  await openBuild(page)
  await page.locator('[data-link="mem-tor"]').first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: /^Bandwidth/ }).fill('9000')
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('9000 Gb/s is more than there is today')
  await expect(page.locator('[data-warning="link mem-tor"] title')).toContainText(
    '9000 Gb/s is more than there is today',
  )
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: '1 warning' }).click()
  await page.getByRole('menuitem', { name: /topology\.links/ }).click()
  await expect(page.getByRole('textbox', { name: /^Bandwidth/ })).toHaveValue('9,000')
})

test('what nobody published is marked as assumed, for eyes and for readers', async ({ page }) => {
  await openBuild(page)
  await page.locator('[data-node="nic"]').click({ position: { x: 70, y: 12 } })
  const field = page.getByRole('textbox', { name: 'Cores (assumed)' })
  await expect(field).toBeVisible()
  await expect(field).toHaveAccessibleDescription(/Assumed/)
  await field.fill('4')
  await expect(page.getByRole('textbox', { name: 'Cores', exact: true })).toHaveValue('4')
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious beside a run, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto('./')
    await expect(page.getByRole('region', { name: 'Services' })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('region', { name: 'Energy and cost' })).toBeVisible()
    await page.getByRole('button', { name: 'Fidelity: burst' }).click()
    const { violations } = await new AxeBuilder({ page }).analyze()
    const grave = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')
    expect(grave.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual([])
  })
}
