import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'vite'
import { root } from './install.mjs'

/** Constants of other files as their values, so that a switch over them is a jump: the core runs a fifth faster. */
const optimization = { inlineConst: /** @type {const} */ ({ mode: 'all', pass: 3 }) }
/** Those of the same file stay constants: as variables, which the bundler would make of them, they are read and checked each time. */
const topLevelVar = false

/**
 * Builds beside the target and moves the file there, so that nobody ever reads half of it.
 * @param {string} file the file to make, relative to the project
 * @param {(folder: string) => import('vite').InlineConfig} configuration what to build into a folder
 */
async function buildFile(file, configuration) {
  const target = join(root, file)
  mkdirSync(dirname(target), { recursive: true })
  const folder = mkdtempSync(join(dirname(target), '.building-'))
  try {
    await build({ root, configFile: false, publicDir: false, logLevel: 'error', ...configuration(folder) })
    renameSync(join(folder, basename(file)), target)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Bundles an entry with all its packages into one module for Node.
 * @param {string} entry
 * @param {string} file
 */
export function bundleForNode(entry, file) {
  return buildFile(file, (outDir) => ({
    ssr: { noExternal: true, external: ['@playwright/test'], target: 'node' },
    build: {
      ssr: entry,
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { optimization, output: { entryFileNames: basename(file), codeSplitting: false, topLevelVar } },
    },
  }))
}

/**
 * Bundles an entry into one classic script that needs nothing of its host: no modules, no DOM, no Node.
 * @param {string} entry
 * @param {string} file
 */
export function bundleAsScript(entry, file) {
  return buildFile(file, (outDir) => ({
    build: {
      lib: { entry: join(root, entry), formats: ['iife'], name: 'unrack', fileName: () => basename(file) },
      outDir,
      target: 'es2022',
      minify: false,
      rolldownOptions: { optimization, output: { topLevelVar } },
    },
  }))
}
