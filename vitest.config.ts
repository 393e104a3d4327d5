import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { bundledTests, sources } from './tests/support/bundled-tests.ts'

/** Files that take minutes: begun first, so that no worker is left alone with one at the end. */
const longest = [
  'validation/cases.test.ts',
  'property/simulator-branch.test.ts',
  'contract/page-equals-cli.test.ts',
  'contract/engines.test.ts',
  'property/held-memory.test.ts',
  'golden/golden.test.ts',
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

/**
 * Everything but the tests in a browser. Two workers, since the product promises to be checked on two cores; each keeps
 * the sources that it has compiled from one file of tests to the next. The time-out only ends what hangs: no test is about
 * wall time, and a slow machine must not fail one.
 */
export default defineConfig({
  plugins: [bundledTests()],
  test: {
    include: ['tests/{unit,property,validation,golden,contract}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['tests/support/property-seed.ts'],
    maxWorkers: 2,
    isolate: false,
    server: { deps: { external: [sources] } },
    sequence: { sequencer: LongestFirst },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
