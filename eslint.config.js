import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** One tsconfig per world; a file is linted with the types of its own. */
const worlds = {
  core: ['src/units/**/*.ts', 'src/scenario/**/*.ts'],
  simulator: ['src/simulator/**/*.ts'],
  validation: ['src/validation/**/*.ts'],
  formats: ['src/formats/**/*.ts'],
  share: ['src/share/**/*.ts'],
  sandbox: ['src/sandbox/**/*.ts'],
  workers: ['workers/**/*.ts'],
  page: ['client', 'stores', 'storage', 'app', 'ui']
    .map((folder) => `src/${folder}/**/*.{ts,tsx}`)
    .concat('src/main.tsx'),
  cli: ['src/cli/**/*.ts'],
  tests: ['tests/**/*.{ts,tsx}', '*.config.ts'],
  scripts: ['scripts/**/*.mjs', 'eslint.config.js'],
}

/** Correctly rounded, or exact by definition, in every engine; all other members of Math differ in the last bit. */
const inexactMath = [
  'log log2 log10 log1p exp expm1 pow sin cos tan asin acos atan atan2',
  'sinh cosh tanh asinh acosh atanh cbrt hypot sumPrecise f16round',
].flatMap((names) => names.split(' '))

const inexact = (/** @type {string} */ name) => ({
  object: 'Math',
  property: name,
  message: 'Its last bits differ between engines. Use engine/exact-math.',
})

export default defineConfig(
  { ignores: ['dist*/', 'coverage/', 'test-results/', 'playwright-report/', '.dependency-cruiser.cjs', 'public/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  Object.entries(worlds).map(([world, files]) => ({
    files,
    languageOptions: { parserOptions: { project: `./tsconfig.${world}.json`, tsconfigRootDir: import.meta.dirname } },
  })),
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-param-reassign': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      // A number reads as itself in a sentence; nothing else is turned into text silently.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/strict-boolean-expressions': [
        'error',
        { allowNullableBoolean: true, allowNullableString: true },
      ],
    },
  },
  {
    // Equal seeds give equal bytes in every engine: no wall clock, no foreign chance, no inexact arithmetic.
    files: [...worlds.simulator, ...worlds.core, ...worlds.validation],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'The core knows only simulated time.' },
        { name: 'performance', message: 'The core knows only simulated time.' },
        { name: 'globalThis', message: 'The core takes what it needs as arguments.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Draw from a named stream of engine/random.' },
        ...inexactMath.map(inexact),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'BinaryExpression[operator="**"]',
          message: 'Its last bits differ between engines. Use engine/exact-math.',
        },
        {
          selector: 'AssignmentExpression[operator="**="]',
          message: 'Its last bits differ between engines. Use engine/exact-math.',
        },
        {
          selector: 'VariableDeclarator[init.name="Math"]',
          message: 'Call Math by its name, so that inexact members are seen.',
        },
        {
          selector: 'MemberExpression[computed=true][object.name="Math"]',
          message: 'Call Math by its name, so that inexact members are seen.',
        },
        {
          selector: 'CallExpression[callee.property.name="toLocaleString"]',
          message: 'Locales differ between machines.',
        },
      ],
    },
  },
  {
    // Handles index the typed arrays that gave them out, so a missing entry is a bug and not a case to handle.
    files: [...worlds.simulator, ...worlds.validation, ...worlds.tests],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/ui/**/*.{ts,tsx}', 'src/main.tsx'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    files: worlds.tests,
    rules: {
      // Tool configurations are read from the default export.
      'no-restricted-exports': 'off',
    },
  },
  {
    // Benchmarks, the recording of validation and the command line's terminal speak to a person.
    files: ['tests/bench/**/*.ts', 'tests/validation/record.ts', 'scripts/**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    files: worlds.scripts,
    rules: {
      'no-restricted-exports': 'off',
      // Plain JavaScript has no place to say what the JSON of a tool looks like, but in a comment.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
