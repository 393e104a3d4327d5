// npm test: installs what is missing, then runs every check. The last line says how many passed and failed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureModules, root } from './install.mjs'
import { ensureSystemTools } from './system-tools.mjs'

ensureModules()
const complaint = ensureSystemTools()
if (complaint !== null) console.error(complaint)

const { status } = spawnSync(process.execPath, [join(root, 'scripts/check.mjs')], { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1
