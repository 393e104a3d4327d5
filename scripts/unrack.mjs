// npm run -s unrack -- …: builds the command line if its sources changed, then runs it where it was called.
// Prints nothing of its own on stdout.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { modulesAreCurrent, requireNode, root } from './install.mjs'

const program = 'dist-cli/unrack.mjs'
const stamp = join(root, 'dist-cli/sources.sha256')

/** Digest of all that the built file depends on. */
function digestOfSources() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const path of [...sources.sort(), join(root, 'scripts/bundle.mjs'), join(root, 'package-lock.json')]) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

async function ensureBuilt() {
  const digest = digestOfSources()
  if (existsSync(join(root, program)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  if (!modulesAreCurrent()) {
    console.error('Some packages are not installed yet. Run `npm ci` in the project first.')
    process.exit(1)
  }
  const { bundleForNode } = await import('./bundle.mjs')
  await bundleForNode('src/cli/main.ts', program)
  writeFileSync(stamp, digest)
}

requireNode()
await ensureBuilt()
// npm changes to the project's folder; paths are meant from where the person stands.
if (process.env['npm_lifecycle_event'] === 'unrack' && process.env['INIT_CWD']) process.chdir(process.env['INIT_CWD'])
await import(pathToFileURL(join(root, program)).href)
