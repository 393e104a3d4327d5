import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'

const project = resolve(import.meta.dirname, '../..')

/** Exports all files of the run that is done, as texts by name. The Export dialog must be open. */
export async function takeHome(page: Page, press: 'mouse' | 'keyboard'): Promise<ReadonlyMap<string, string>> {
  const all = page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'All files (.zip)' })
  await expect(all).toBeEnabled({ timeout: 30_000 })
  const act = async (): Promise<void> => {
    if (press === 'mouse') return all.click()
    await all.focus()
    await page.keyboard.press('Enter')
  }
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  const zipped = unzipSync(readFileSync(await download.path()))
  return new Map(Object.entries(zipped).map(([name, bytes]) => [name, strFromU8(bytes)]))
}

/** Runs a scenario on the command line; its files as texts by name. */
export const byCommandLine = (scenario: string, names: Iterable<string>): ReadonlyMap<string, string> =>
  writtenBy('run', scenario, [], names)

/** Branches a run on the command line; the files as texts by name, those of A and B in their folders. */
export const branchByCommandLine = (
  scenario: string,
  change: readonly string[],
  names: Iterable<string>,
): ReadonlyMap<string, string> => writtenBy('branch', scenario, change, names)

function writtenBy(command: string, scenario: string, more: readonly string[], names: Iterable<string>) {
  const folder = mkdtempSync(join(tmpdir(), 'unrack-e2e-'))
  try {
    writeFileSync(join(folder, 'scenario.json'), scenario)
    const out = join(folder, 'out')
    const words = [command, join(folder, 'scenario.json'), ...more, '--out', out, '--quiet']
    execFileSync('npm', ['run', '-s', 'unrack', '--', ...words], { cwd: project })
    return new Map(Array.from(names, (name) => [name, readFileSync(join(out, name), 'utf8')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the page exported equals what the command line writes for the scenario in it, byte for byte. */
export function expectSameByCommandLine(files: ReadonlyMap<string, string>): void {
  const scenario = files.get('scenario.json') ?? ''
  const theirs = byCommandLine(scenario, files.keys())
  expect([...files.keys()].sort()).toEqual(expect.arrayContaining(['summary.csv', 'operations.csv', 'timeline.csv']))
  for (const [name, text] of files) expect(text, name).toBe(theirs.get(name))
}
