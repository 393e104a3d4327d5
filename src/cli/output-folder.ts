import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CommandFailure, ExitCode, reasonOf, refused } from './command-failure'
import type { ExportFile } from '../formats/export'

/** Refuses a target that cannot be a folder, and fails where none can be made, before any work is done. */
export async function checkOutputFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found !== null && !found.isDirectory()) throw refused(`--out ${folder}: found a file, expected a folder`)
  const trial = draftName(join(await nearestFolder(dirname(resolve(folder))), basename(folder)))
  try {
    await mkdir(trial)
    await rmdir(trial)
  } catch (error) {
    throw new CommandFailure(ExitCode.failed, [`cannot write ${folder}: ${reasonOf(error)}`])
  }
}

/** The path itself or the nearest above it that there is. */
async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found !== null || dirname(path) === path ? path : nearestFolder(dirname(path))
}

/** Makes a folder and those above it. Node's own way to do so never ends where a file system makes none, as /proc. */
async function makeFolder(path: string): Promise<void> {
  if ((await stat(path).catch(() => null))?.isDirectory() === true) return
  if (dirname(path) !== path) await makeFolder(dirname(path))
  await mkdir(path).catch(async (error: unknown) => {
    if (!(await stat(path).catch(() => null))?.isDirectory()) throw error // else another has just made it
  })
}

/**
 * Writes files into a folder, all or none: they are made beside it and moved over when complete. Other files of an
 * existing folder stay.
 */
export async function writeFolder(folder: string, files: readonly ExportFile[]): Promise<void> {
  const draft = draftName(folder)
  try {
    await makeFolder(draft)
    for (const file of files) await writeFile(join(draft, file.name), file.text)
    await moveInto(folder, draft, files)
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined) // the first error says it all
    throw new CommandFailure(ExitCode.failed, [`cannot write ${folder}: ${reasonOf(error)}`])
  }
}

/** Writes one file, all or nothing. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = draftName(path)
  try {
    await makeFolder(dirname(path))
    await writeFile(draft, text)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw new CommandFailure(ExitCode.failed, [`cannot write ${path}: ${reasonOf(error)}`])
  }
}

async function moveInto(folder: string, draft: string, files: readonly ExportFile[]): Promise<void> {
  await makeFolder(folder)
  for (const file of files) await rename(join(draft, file.name), join(folder, file.name))
  await rmdir(draft)
}

/** A name beside the target, on the same disk. */
function draftName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.draft`)
}
