import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ImportInput } from '../formats/import'
import { reasonOf, refused } from './command-failure'
import { unreadable } from './scenario-file'
import type { Terminal } from './terminal'

/**
 * The texts behind the names: files as they are, folders with every `.json` and `.json.gz` in and below them, in the
 * order of their paths; whatever is gzip is unpacked.
 *
 * @throws CommandFailure where something cannot be read, or nothing is there
 */
export async function readTraceFiles(terminal: Terminal, names: readonly string[]): Promise<readonly ImportInput[]> {
  const inputs: ImportInput[] = []
  for (const name of names) {
    for (const path of await pathsBehind(terminal, name)) inputs.push(await readTraceFile(terminal, path))
  }
  return inputs
}

async function pathsBehind(terminal: Terminal, name: string): Promise<readonly string[]> {
  const path = resolve(terminal.folder, name)
  try {
    if (!(await stat(path)).isDirectory()) return [name]
    const entries = await readdir(path, { recursive: true })
    const found = entries.filter((entry) => /\.json(?:\.gz)?$/i.test(entry)).sort()
    if (found.length > 0) return found.map((entry) => join(name, entry))
  } catch (error) {
    throw refused(`cannot read ${name}: ${unreadable(error)}`)
  }
  throw refused(`cannot read ${name}: found a folder without .json or .json.gz files`)
}

async function readTraceFile(terminal: Terminal, name: string): Promise<ImportInput> {
  try {
    const bytes = await readFile(resolve(terminal.folder, name))
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
    return { name, text: (isPacked ? gunzipSync(bytes) : bytes).toString('utf8') }
  } catch (error) {
    throw refused(`cannot read ${name}: ${reasonOf(error)}`)
  }
}
