import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { deflatedParameter, smallScenarioText } from '../support/links/link-samples'

const trace = (id: string): string =>
  JSON.stringify({
    data: [
      {
        traceID: id,
        spans: [
          {
            traceID: id,
            spanID: '1',
            operationName: 'get',
            references: [],
            startTime: 1000,
            duration: 250,
            tags: [],
            processID: 'p',
          },
        ],
        processes: { p: { serviceName: 'shop', tags: [] } },
      },
    ],
  })

async function openDialog(page: Page) {
  await page.keyboard.press('Control+O')
  return page.getByRole('dialog', { name: 'Open or import' })
}

test.beforeEach(async ({ page }) => {
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto('./')
  await expect(page.getByRole('button', { name: /^Document: Hot shard/ })).toBeVisible()
})

test('a downloaded scenario opens again and is the same', async ({ page }) => {
  await page.getByRole('button', { name: /^Document: / }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Download the scenario' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('hot-shard-moves.json')
  const text = readFileSync(await download.path(), 'utf8')
  const dialog = await openDialog(page)
  await dialog
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'again.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: /^Document: / }).click()
  const [again] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Download the scenario' }).click(),
  ])
  expect(readFileSync(await again.path(), 'utf8')).toBe(text)
})

test('a file dropped anywhere is opened', async ({ page }) => {
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'dropped.json', { type: 'application/json' }))
    return data
  }, smallScenarioText)
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await expect(page.getByText('Drop to open')).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  await expect(page.getByRole('button', { name: /^Document: A small link/ })).toBeVisible()
  await expect(page.getByText('Drop to open')).toBeHidden()
})

test('a link pasted onto the page is opened', async ({ page }) => {
  await page.evaluate(
    (text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    },
    `https://example.org/#/build?v=1&s=${deflatedParameter(smallScenarioText)}`,
  )
  await expect(page.getByRole('button', { name: /^Document: A small link/ })).toBeVisible()
})

test('JSON pasted into the dialog is opened by keyboard alone, and focus returns', async ({ page }) => {
  const dialog = await openDialog(page)
  await dialog.getByRole('textbox').fill(smallScenarioText)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Document: A small link/ })).toBeVisible()
  await expect(dialog).toBeHidden()
})

test('a broken file is told line by line, and the scenario on the page stays', async ({ page }) => {
  const dialog = await openDialog(page)
  await dialog.getByRole('textbox').fill(smallScenarioText.replace('worker.work', 'nobody.work'))
  await dialog.getByRole('button', { name: 'Open this text' }).click()
  await expect(dialog.getByRole('alert')).toContainText(
    'workload.sources[0].entry: no service "nobody" (services: worker)',
  )
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Document: Hot shard/ })).toBeVisible()
})

test('traces of several files, one of them packed, show their report before they replace anything', async ({
  page,
}) => {
  const dialog = await openDialog(page)
  await dialog
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(trace('1')) },
      { name: 'b.json.gz', mimeType: 'application/gzip', buffer: gzipSync(trace('2')) },
    ])
  const report = page.getByRole('dialog', { name: 'Import from 2 files' })
  await expect(report.getByRole('table')).toContainText('spans')
  await expect(page.getByRole('button', { name: /^Document: Hot shard/, includeHidden: true })).toBeAttached()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    report.getByRole('button', { name: 'Report .json' }).click(),
  ])
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({ spans: 2 })
  await report.getByRole('button', { name: 'Use this scenario' }).click()
  await expect(page.getByRole('button', { name: /^Document: / })).not.toHaveAccessibleName(/Hot shard/)
})

test('a reload brings back the edited document', async ({ page }) => {
  await page.keyboard.press('Control+S')
  await page.getByRole('textbox', { name: 'Name of the version' }).fill('before')
  await page.getByRole('button', { name: 'Save a version' }).click()
  const dialog = page.getByRole('dialog', { name: 'Versions and documents' })
  await expect(dialog).toContainText('Saved in this browser only.')
  await expect(dialog.getByText('before')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.waitForTimeout(1500) // the tab remembers its document with the address, once a second
  await page.reload()
  await expect(page.getByRole('button', { name: /^Document: Hot shard/ })).toBeVisible()
  await page.keyboard.press('Control+S')
  await expect(page.getByRole('dialog').getByText('before')).toBeVisible()
})

test('a page that may not store anything works, and says so at the first edit', async ({ browser, baseURL }) => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('no', 'SecurityError')
      },
    })
    Object.defineProperty(window, 'sessionStorage', {
      get: () => {
        throw new DOMException('no', 'SecurityError')
      },
    })
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('no', 'SecurityError')
      },
    })
  })
  const page = await context.newPage()
  await page.goto(baseURL ?? '')
  await expect(page.getByRole('button', { name: /^Document: Hot shard/ })).toBeVisible()
  await page.keyboard.press('Control+S')
  await page.getByRole('button', { name: 'Save a version' }).click()
  await expect(
    page.getByRole('alert').filter({ hasText: 'This page may not store anything here' }).first(),
  ).toBeVisible()
  await context.close()
})
