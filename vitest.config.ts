import { defineConfig } from 'vitest/config'

/**
 * Everything but the tests in a browser. Two workers, since the product promises to be checked on two cores. The time-out
 * only ends what hangs: no test is about wall time, and a slow machine must not fail one.
 */
export default defineConfig({
  test: {
    include: ['tests/{unit,property,validation,golden,contract}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['tests/support/property-seed.ts'],
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
