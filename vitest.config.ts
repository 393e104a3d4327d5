import { defineConfig } from 'vitest/config'

/** Everything but the tests in a browser. Two workers, since the product promises to be checked on two cores. */
export default defineConfig({
  test: {
    include: ['tests/{unit,property,validation,golden,contract}/**/*.test.{ts,tsx}'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
