// npm run types: checks each world with its own tsconfig, two at a time.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'

/** @type {{ references: { path: string }[] }} */
const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
const waiting = references.map(({ path }) => path)
const compiler = join(root, 'node_modules/typescript/bin/tsc')

/**
 * @param {string} project
 * @returns {Promise<boolean>} whether it has no errors
 */
function check(project) {
  const child = spawn(process.execPath, [compiler, '--pretty', 'false', '-p', project], { cwd: root, stdio: 'inherit' })
  return new Promise((done) => child.on('close', (code) => done(code === 0)))
}

async function work() {
  for (let project = waiting.shift(); project; project = waiting.shift()) {
    if (!(await check(project))) process.exitCode = 1
  }
}

await Promise.all([work(), work()])
