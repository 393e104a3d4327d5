import { expect, test, type Page } from '@playwright/test'
import { deflatedParameter, smallScenarioText } from '../support/links/link-samples'

const editor = (page: Page) => page.getByRole('textbox', { name: 'Code of the placement policy' })
/** What the last run said of the code, under it. */
const said = (page: Page) => page.locator('.code-row').getByRole('status')
/** The line of code, from 1, that is underlined as wrong. */
const wrongLine = (page: Page, line: number) =>
  editor(page)
    .locator('.cm-line')
    .nth(line - 1)
    .locator('.cm-lintRange-error')

async function openEditor(page: Page) {
  await page.getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByRole('tab', { name: 'Policies' }).click()
  await page.getByText('Placement', { exact: true }).first().click()
  await expect(editor(page)).toBeVisible()
}

async function write(page: Page, lines: readonly string[]) {
  await editor(page).focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(lines.join('\n'))
  await expect(editor(page).locator('.cm-line')).toHaveCount(lines.length)
  // The document follows the editor; a run takes what the document has.
  await page.waitForFunction(
    (text) =>
      JSON.stringify((window as unknown as { __unrack: { document(): unknown } }).__unrack.document()).includes(text),
    JSON.stringify(lines.join('\n')).slice(1, -1),
  )
}

async function runStops(page: Page, words: string) {
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toContainText(words)
  await openEditor(page)
}

test('what is wrong with a rule of one’s own is marked at its line, and it runs once it is mended', async ({
  page,
}) => {
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(`./#/run?v=1&s=${deflatedParameter(smallScenarioText)}`)
  await expect(page.getByRole('button', { name: /^Document: (?!Untitled)/ })).toBeVisible()
  await page.getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByRole('tab', { name: 'Policies' }).click()
  await page.getByText('Placement', { exact: true }).first().click()
  await page.getByRole('combobox', { name: 'Rule' }).selectOption('custom')
  await expect(editor(page)).toContainText('function place(request, candidates, state)')

  // Syntax: underlined while it is written, and named by the run.
  await write(page, [
    'function place(request, candidates) {',
    "  const why = 'my own'",
    '  return { choose: 0 reason: why }',
    '}',
  ])
  await expect(wrongLine(page, 3)).not.toHaveCount(0)
  await runStops(page, 'the placement policy of this scenario stopped at line 3 of its code: SyntaxError')
  await expect(said(page)).toContainText(/^Line 3: SyntaxError/)
  await expect(wrongLine(page, 3)).not.toHaveCount(0)
  await expect(wrongLine(page, 2)).toHaveCount(0)

  // Run time: nothing is wrong to the eye, until it runs.
  await write(page, [
    'function place(request, candidates) {',
    '',
    '',
    '  const name = candidates[99].name',
    "  return { choose: 0, reason: 'my own ' + name }",
    '}',
  ])
  await expect(said(page)).toBeEmpty()
  await expect(editor(page).locator('.cm-lintRange-error')).toHaveCount(0)
  await runStops(page, 'the placement policy of this scenario stopped at line 4 of its code: TypeError')
  await expect(said(page)).toContainText(/^Line 4: TypeError/)
  await expect(wrongLine(page, 4)).not.toHaveCount(0)

  // No line is to blame: none is named.
  await write(page, ['function plaice() {}'])
  await runStops(page, 'stopped: it has no function "place"')
  await expect(said(page)).toHaveText('it has no function "place"')

  await write(page, ['function place(request, candidates) {', "  return { choose: 0, reason: 'my own, at last' }", '}'])
  await expect(said(page)).toBeEmpty()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('list', { name: 'Decisions, latest first' })).toContainText('my own, at last')
  await expect(page.getByRole('alert')).toHaveCount(0)
})
