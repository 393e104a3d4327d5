import fc from 'fast-check'

/**
 * Properties draw the same cases each time, so that a check says the same of the same tree. To look further:
 * `PROPERTY_SEED=7 npx vitest run tests/property`.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 4) })
