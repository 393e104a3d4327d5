import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes: begun first, so that no worker is left alone with one at the end. */
const longest = [
  'validation/cases.test.ts',
  'contract/page-equals-cli.test.ts',
  'contract/gallery-questions.test.ts',
  'validation/single-queues.test.ts',
  'validation/queueing-networks.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

/** As in scripts/bundle.mjs. */
const optimization = { inlineConst: { mode: 'all', pass: 3 } } as const

const simulating = /\/tests\/(property|validation|golden|contract|unit\/(simulator|sandbox|cli))\/.*\.test\.ts$/

/** Each module knows its own place, also inside of a bundle. */
const ownPlaces: Plugin = {
  name: 'own-places',
  transform: (code, id) => ({
    code: code
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id))),
    map: null,
  }),
}

/**
 * Tests that simulate for long are bundled with the sources that they import. Among modules every use of an import is a
 * look-up in the module that it comes from, which makes the simulator two to three times slower.
 */
const bundledTests: Plugin = {
  name: 'bundled-tests',
  enforce: 'pre',
  async load(id) {
    if (!simulating.test(id)) return null
    const built = await build({
      configFile: false,
      logLevel: 'error',
      plugins: [ownPlaces],
      ssr: { external: true },
      build: {
        ...{ ssr: id, write: false, outDir: dirname(id), minify: false, sourcemap: true, target: 'node20' },
        rolldownOptions: { optimization, output: { codeSplitting: false } },
      },
    })
    if (!('output' in built)) throw new Error(`found many bundles of ${id}, expected one`)
    const [{ code, map, moduleIds }] = built.output
    for (const file of moduleIds) this.addWatchFile(file)
    return { code, map: map?.toString() ?? null }
  },
}

/**
 * Everything but the tests in a browser. Two workers, since the product promises to be checked on two cores. The time-out
 * only ends what hangs: no test is about wall time, and a slow machine must not fail one.
 */
export default defineConfig({
  plugins: [bundledTests],
  test: {
    include: ['tests/{unit,property,validation,golden,contract}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['tests/support/property-seed.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
