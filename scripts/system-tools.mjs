import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const minutes = 60_000

/** @param {string} program */
function onPath(program) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}

/** Where Chromium is: CHROMIUM_PATH, else Debian's place; null if at neither. */
function findChromium() {
  const place = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  return existsSync(place) ? place : null
}

/** @param {string[]} args */
function apt(args) {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 5 * minutes,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0
}

/** @param {string[]} packages */
function install(packages) {
  return apt(['install', '-y', '-qq', '--no-install-recommends', ...packages])
}

/** Other JavaScript engines, in which the core must give the same bytes. Tests skip those that are not there. */
const engines = [
  { program: 'jsc', package: 'libjavascriptcoregtk-4.0-bin' },
  { program: 'js102', package: 'libmozjs-102-dev' },
]

/**
 * Installs the browser and the other JavaScript engines by apt where that is possible (root on Debian).
 * @returns {string | null} what is missing and how to get it, as a sentence; null if all that is needed is there
 */
export function ensureSystemTools() {
  const missing = engines.filter(({ program }) => !onPath(program))
  const needsChromium = findChromium() === null
  if (!needsChromium && missing.length === 0) return null
  const canInstall = process.getuid?.() === 0 && onPath('apt-get')
  if (canInstall) {
    console.log(
      `Installing ${[...(needsChromium ? ['chromium'] : []), ...missing.map((one) => one.package)].join(', ')} …`,
    )
    apt(['update', '-qq'])
    if (needsChromium) install(['chromium'])
    for (const engine of missing) install([engine.package])
  }
  const absent = engines.filter(({ program }) => !onPath(program)).map(({ program }) => program)
  if (absent.length > 0) console.log(`Without ${absent.join(' and ')}: the tests that need them say so and skip.`)
  if (findChromium() !== null) return null
  return 'Chromium could not be installed. Install it (Debian: `apt-get install chromium`), or set CHROMIUM_PATH to a Chromium or Chrome.'
}
