import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { deflatedParameter, smallScenarioText } from '../support/links/link-samples'

const code =
  "function place(request, candidates) {\n  return { choose: 0, reason: 'because ' + request.instance + ' asked' }\n}\n"

const withCode = (text: string): string =>
  JSON.stringify({
    ...(JSON.parse(smallScenarioText) as object),
    name: 'With code',
    policies: { placement: { use: 'custom', code: text } },
  })

const link = (text: string): string => `./#/run?v=1&s=${deflatedParameter(withCode(text))}`

/** What the run of the page has decided, as its log shows. */
const log = (page: Page) => page.getByRole('list', { name: 'Decisions, latest first' })

test.setTimeout(90_000)

test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw error
  })
})

test('a link that carries code shows it first, and runs it only after a yes', async ({ page, baseURL }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(link(code))
  const dialog = page.getByRole('dialog', { name: 'This link carries code' })
  await expect(dialog).toContainText("return { choose: 0, reason: 'because ' + request.instance + ' asked' }")
  expect(asked.filter((url) => url.endsWith('.wasm'))).toEqual([])
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze()
  expect(violations.map((one) => one.id)).toEqual([])

  await dialog.getByRole('button', { name: 'Open without running' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: /^Document: With code/ })).toBeVisible()
  expect(asked.filter((url) => url.endsWith('.wasm'))).toEqual([])

  // Asked again when it is to run after all.
  await page.keyboard.press('Control+Enter')
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(log(page)).toContainText('because worker.0 asked')
  expect(asked.filter((url) => url.endsWith('.wasm'))).toHaveLength(1)
  expect(asked.filter((url) => !url.startsWith(baseURL ?? '') && !url.startsWith('data:'))).toEqual([])

  // What somebody let run is known in this browser; something else is not.
  await page.goto('about:blank')
  await page.goto(link(code))
  await expect(log(page)).toContainText('because worker.0 asked')
  await page.goto('about:blank')
  await page.goto(link(`${code}// and more`))
  await expect(dialog).toBeVisible()
})

test('a policy written in the page, by keyboard, decides with its own reasons', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('button', { name: /^Document: Hot shard/ })).toBeVisible()
  await page.getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByRole('tab', { name: 'Policies' }).click()
  await page.getByText('Placement', { exact: true }).first().click()
  await page.getByRole('combobox', { name: 'Rule' }).selectOption('custom')
  const editor = page.getByRole('textbox', { name: 'Code of the placement policy' })
  await expect(editor).toContainText('function place(request, candidates, state)')

  // By keyboard: all of it replaced; brackets close themselves, so what is typed over them stays one.
  await editor.focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('function place(request, candidates) {\n')
  await page.keyboard.type('const last = candidates.length - 1\n')
  await page.keyboard.type('return { choose: last, reason: "my own: " + request.inst')
  await expect(page.getByRole('option', { name: /^instance/ })).toBeVisible()
  await page.waitForTimeout(200) // the list takes no key at once, so that nobody accepts what only just appeared
  await page.keyboard.press('Enter')
  await page.keyboard.type(' }')
  await expect(editor).toContainText('request.instance }')
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
    const { violations } = await new AxeBuilder({ page }).include('.code-row').analyze()
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(editor).not.toBeFocused()

  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Run', exact: true }).first().click()
  await expect(log(page)).toContainText(/my own: \w+\.\d/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
