// npm run check: format, types, lint, import rules, dead code, build, and every test. Goes on after a failure, so that
// one run shows all of them; the last line counts tests and steps.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { root } from './install.mjs'
import { countPlaywright, countStep, countVitest } from './tally.mjs'

const reports = mkdtempSync(join(tmpdir(), 'unrack-check-'))
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 * @typedef {{ name: string, command: string[], count?: (endedWell: boolean) => Tally }} Step
 */

/** Independent of each other and silent on success. @type {Step[]} */
const readings = [
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'types', command: ['node', 'scripts/types.mjs'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'imports', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'workers', 'tests'] },
  { name: 'dead code', command: ['knip'] },
]

/** One after another: the tests look at what is built. @type {Step[]} */
const runs = [
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
  {
    name: 'tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    count: (endedWell) => countVitest(vitestReport, endedWell),
  },
  {
    name: 'tests in a browser',
    command: ['playwright', 'test', '--reporter=list,json'],
    count: (endedWell) => countPlaywright(playwrightReport, endedWell),
  },
]

const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
  PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
}

/**
 * @param {Step} step
 * @param {'inherit' | 'pipe'} output shown as it comes, or all at once at the end
 * @returns {Promise<Tally>}
 */
function run({ name, command, count = countStep }, output) {
  const [program = '', ...args] = command
  const began = Date.now()
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: root,
      env: environment,
      stdio: ['ignore', output, output],
      shell: process.platform === 'win32',
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (part) => (text += String(part)))
    child.on('error', (error) => (text += `${error.message}\n`))
    child.on('close', (code) => {
      const tally = count(code === 0)
      const seconds = ((Date.now() - began) / 1000).toFixed(1)
      if (code !== 0) process.stdout.write(text)
      console.log(`${tally.failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
      done(tally)
    })
  })
}

/** Two at a time. @param {Step[]} steps */
async function runPaired(steps) {
  const waiting = [...steps]
  /** @type {Tally[]} */
  const tallies = []
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) tallies.push(await run(step, 'pipe'))
  }
  await Promise.all([work(), work()])
  return tallies
}

const tallies = await runPaired(readings)
for (const step of runs) tallies.push(await run(step, 'inherit'))
rmSync(reports, { recursive: true })

const sum = (/** @type {keyof Tally} */ kind) => tallies.reduce((total, tally) => total + tally[kind], 0)
console.log(
  `${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`,
)
process.exitCode = sum('failed') === 0 ? 0 : 1
