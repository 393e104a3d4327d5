import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { brokenLinks, deflatedParameter, smallScenarioText } from '../support/links/link-samples'

const folder = resolve(import.meta.dirname, '../support/links')
const fragmentIn = (name: string): string => {
  const text = readFileSync(resolve(folder, name), 'utf8').trim()
  return text.slice(text.indexOf('#'))
}

/** The name of the scenario in an address with a `d1.` parameter; null where there is none. */
function nameInAddress(url: string): string | null {
  const parameter = /&s=d1\.([\w-]+)\./.exec(url)?.[1]
  if (parameter === undefined) return null
  const text = inflateRawSync(Buffer.from(parameter, 'base64url')).toString('utf8')
  return (JSON.parse(text) as { name: string }).name
}

/** The document on the page, through the page's own read-only window. */
function documentOf(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(() => {
    const probe = (window as unknown as { __unrack: { document(): Record<string, unknown> } }).__unrack
    return structuredClone(probe.document())
  })
}

test.beforeEach(({ page }) => {
  page.on('pageerror', (error) => {
    throw error
  })
})

test('a link copied from the Share dialog opens the same scenario in a fresh browser, with the same numbers', async ({
  page,
  browser,
}) => {
  await page.goto('./')
  await expect(page.getByRole('button', { name: /^Document: Hot shard moves/ })).toBeVisible()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('button', { name: 'All files (.zip)' })).toBeEnabled({ timeout: 90_000 })
  await page.keyboard.press('Escape')
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await expect(dialog).toContainText('Nothing is uploaded.')
  await expect(dialog.locator('[data-grade=everywhere]')).toContainText('works everywhere')
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
  const sent = requests.filter((url) => !/\.(js|css)$/.test(url))
  expect(sent, 'opening the dialog sends nothing').toEqual([])

  const fresh = await browser.newContext()
  const other = await fresh.newPage()
  await other.goto(link)
  await expect(other.getByRole('button', { name: /^Document: Hot shard moves/ })).toBeVisible()
  await expect(other.getByRole('status').filter({ hasText: 'Reproduced' })).toBeVisible({ timeout: 90_000 })
  await other.getByRole('button', { name: 'Share', exact: true }).click()
  const again = other.getByRole('dialog', { name: 'Share' }).getByRole('textbox', { name: 'Link' })
  await expect(again).toHaveValue(/&s=d1\./)
  expect((await again.inputValue()).split('&s=')[1]).toBe(link.split('&s=')[1])
  await fresh.close()
})

test('an opened link is nobody’s stored document until it is edited', async ({ page }) => {
  await page.goto(`./#/build?v=1&s=${deflatedParameter(smallScenarioText)}`)
  await expect(page.getByRole('button', { name: /^Document: A small link/ })).toBeVisible()
  await page.keyboard.press('Control+S')
  const dialog = page.getByRole('dialog', { name: 'Versions and documents' })
  await expect(dialog).toContainText('A document is kept here with its first edit.')
})

test('opening a link never replaces stored work', async ({ page }) => {
  await page.goto(`./#/build?v=1&s=${deflatedParameter(smallScenarioText)}`)
  await expect(page.getByRole('button', { name: /^Document: A small link/ })).toBeVisible()
  await page.keyboard.press('Control+S')
  await page.getByRole('textbox', { name: 'Name of the version' }).fill('mine')
  await page.getByRole('button', { name: 'Save a version' }).click()
  await expect(page.getByRole('dialog')).toContainText('Saved in this browser only.')
  await page.keyboard.press('Escape')
  const other = smallScenarioText.replace('A small link — µ', 'Another link')
  await page.goto(`./#/build?v=1&s=${deflatedParameter(other)}`)
  await expect(page.getByRole('button', { name: 'Document: Another link' })).toBeVisible()
  await page.keyboard.press('Control+S')
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Document: A small link/ })).toBeVisible()
})

for (const name of readdirSync(folder).filter((each) => each.endsWith('.txt'))) {
  test(`the link ${name} of an earlier release opens`, async ({ page }) => {
    await page.goto(`./${fragmentIn(name)}`)
    const expected = JSON.parse(readFileSync(resolve(folder, name.replace('.txt', '.json')), 'utf8')) as {
      name: string
    }
    await expect(page.getByRole('button', { name: `Document: ${expected.name}` })).toBeVisible()
    expect(await documentOf(page)).toEqual(expected)
  })
}

test('the address bar holds a whole link again, soon after it was cut by hand', async ({ page, browser }) => {
  await page.goto(`./${fragmentIn('v1-scenario.txt')}`)
  await expect(page.getByRole('button', { name: 'Document: One core, one queue' })).toBeVisible()
  await page.evaluate(() => {
    location.hash = '#/run'
  })
  await expect.poll(() => page.url(), { timeout: 10_000 }).toMatch(/#\/run\?.*&s=d1\./)
  const fresh = await browser.newContext()
  const other = await fresh.newPage()
  await other.goto(page.url())
  await expect(other.getByRole('button', { name: 'Document: One core, one queue' })).toBeVisible()
  expect(await documentOf(other)).toEqual(JSON.parse(readFileSync(resolve(folder, 'v1-scenario.json'), 'utf8')))
  await fresh.close()
})

const refusals = [
  ['damaged', 'This link is damaged'],
  ['truncated', 'The end of this link is missing'],
  ['tooNew', 'This link is from a newer unrack'],
  ['reserved', 'the reserved name "__proto__"'],
  ['bomb', 'more than 1 MiB'],
  ['notAScenario', 'This link holds no scenario'],
] as const

for (const [name, words] of refusals) {
  test(`a link that is ${name} says so, and the gallery is one press away`, async ({ page }) => {
    await page.goto(`./${brokenLinks[name]}`)
    const notice = page.getByRole('alert').filter({ hasText: words })
    await expect(notice).toBeVisible({ timeout: 5_000 })
    await notice.getByRole('button', { name: 'Open the gallery' }).click()
    await expect(page.getByRole('dialog', { name: 'Gallery' }).getByRole('button').nth(1)).toBeVisible()
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  })
}

test('a link typed over an open page is opened too, and what was edited can be put back', async ({ page }) => {
  await page.goto(`./${fragmentIn('v1-scenario.txt')}`)
  await page.getByRole('textbox', { name: 'Name' }).fill('Edited here')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Document: Edited here' })).toBeVisible()
  await page.goto(`./#/build?v=1&s=${deflatedParameter(smallScenarioText)}`)
  await expect(page.getByRole('button', { name: /^Document: A small link/ })).toBeVisible()
  await page.getByRole('button', { name: 'Put it back' }).click()
  await expect(page.getByRole('button', { name: 'Document: Edited here' })).toBeVisible()
})

test('an edited link is restored after a reload', async ({ page }) => {
  await page.goto(`./${fragmentIn('v1-scenario.txt')}`)
  await page.getByRole('textbox', { name: 'Name' }).fill('Edited here')
  await page.keyboard.press('Tab')
  await expect.poll(() => nameInAddress(page.url()), { timeout: 10_000 }).toBe('Edited here')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Document: Edited here' })).toBeVisible()
  await page.keyboard.press('Control+S')
  await expect(page.getByRole('dialog').getByText('open', { exact: true })).toBeVisible()
})

test('an edit is restored by a reload that leaves no time to save it, and is then saved', async ({ page }) => {
  await page.goto(`./${fragmentIn('v1-scenario.txt')}`)
  await page.getByRole('textbox', { name: 'Name' }).fill('Edited at last')
  await page.evaluate(() => {
    ;(document.activeElement as HTMLElement).blur()
    location.reload()
  })
  await expect(page.getByRole('button', { name: 'Document: Edited at last' })).toBeVisible()
  await page.keyboard.press('Control+S')
  await expect(page.getByRole('dialog').getByText('open', { exact: true })).toBeVisible()
})

test('an edit is restored by a reload that the address bar is written in the middle of', async ({ page }) => {
  await page.goto(`./${fragmentIn('v1-scenario.txt')}`)
  let answer: () => void = () => undefined
  const written = new Promise<void>((resolve) => (answer = resolve))
  await page.route(/\/$/, async (route) => {
    await written
    await route.continue()
  })
  await page.getByRole('textbox', { name: 'Name' }).fill('Edited at last')
  await page.keyboard.press('Tab')
  const reloaded = page.reload()
  await expect.poll(() => nameInAddress(page.url()), { timeout: 10_000 }).toBe('Edited at last')
  answer()
  await reloaded
  await expect(page.getByRole('button', { name: 'Document: Edited at last' })).toBeVisible()
})
