/**
 * Who may import whom: the table of docs/architecture.md, checked.
 * `may` are folders whose values may be used, `types` those of which only types may, `packages` what may come from npm.
 */
const api = 'workers/api\\.ts$'
const scenario = 'src/scenario/'
const units = 'src/units/'
const simulator = 'src/simulator/'
const core = (folder) => `${simulator}${folder}/`
/** What the page may know of the validation cases, as types. */
const cases = ['workers/validation-api\\.ts$', 'src/validation/validation-case\\.ts$']
const contracts = `${simulator}(result|display)\\.ts$`

const folders = [
  { name: 'units', from: units },
  { name: 'scenario', from: scenario, may: [units], packages: ['zod'] },
  { name: 'engine', from: core('engine'), may: [units] },
  { name: 'statistics', from: core('statistics'), may: [units], types: [core('engine')] },
  {
    name: 'hardware',
    from: core('hardware'),
    may: [units, core('engine'), core('statistics')],
    types: [contracts, scenario],
  },
  {
    name: 'services',
    from: core('services'),
    may: [units, core('engine'), core('statistics'), core('hardware')],
    types: [contracts, scenario, `${core('policies')}[a-z-]+/[a-z-]+-policy\\.ts$`],
  },
  {
    name: 'workloads',
    from: core('workloads'),
    may: [units, core('engine'), core('statistics'), core('hardware')],
    types: [contracts, scenario],
  },
  {
    name: 'mechanisms',
    from: core('mechanisms'),
    may: [units, core('engine'), core('hardware'), core('services')],
    types: [contracts, scenario],
  },
  {
    name: 'policies',
    from: core('policies'),
    may: [units, `${scenario}presets/describe\\.ts$`],
    types: [scenario],
  },
  {
    name: 'custom',
    from: core('custom'),
    may: [units, core('engine')],
    types: [scenario, core('policies')],
  },
  {
    name: 'simulator-root',
    from: `${simulator}(catalog/)?[^/]+\\.ts$`,
    may: [simulator, scenario, units],
    types: [api],
  },
  { name: 'validation', from: 'src/validation/', may: [simulator, scenario, units] },
  { name: 'formats', from: 'src/formats/', may: [units, scenario], types: [simulator], packages: ['fflate'] },
  { name: 'share', from: 'src/share/', may: [units, scenario] },
  { name: 'sandbox', from: 'src/sandbox/', packages: ['quickjs-wasi'] },
  {
    name: 'workers',
    from: 'workers/',
    may: [simulator, 'src/sandbox/', 'src/validation/'],
    types: [scenario],
    packages: ['comlink'],
  },
  { name: 'client', from: 'src/client/', types: [api, ...cases, simulator, scenario, units], packages: ['comlink'] },
  {
    name: 'stores',
    from: 'src/stores/',
    may: [units],
    types: [api, ...cases, simulator, scenario],
    packages: ['zustand'],
  },
  { name: 'storage', from: 'src/storage/', may: [units], types: [scenario], packages: ['idb'] },
  {
    name: 'app',
    from: 'src/app/',
    may: ['client', 'stores', 'formats', 'share', 'storage', 'scenario', 'units'].map((folder) => `src/${folder}/`),
    types: [api, ...cases, simulator],
    packages: ['fflate'],
  },
  {
    name: 'ui',
    from: 'src/ui/',
    may: ['src/app/', 'src/stores/', units],
    types: [simulator, scenario, api, ...cases, 'src/(client|formats|storage|share)/'],
    packages: ['react', 'react-dom', 'zustand', 'lucide-react', 'd3-[a-z]+', '@codemirror/[a-z-]+', '@lezer/[a-z]+'],
  },
  { name: 'cli', from: 'src/cli/', may: [simulator, scenario, 'src/formats/', 'src/sandbox/', units], node: true },
]

const anchored = (paths) => paths.map((path) => `^${path}`)

/** The rules of one folder: not elsewhere, types only where only types are allowed, no package but its own. */
function folderRules({ name, from, may = [], types = [], packages = [], node = false }) {
  const values = anchored([from, ...may])
  const own = { path: `^${from}` }
  const npm = packages.map((one) => `(^|/)node_modules/(@types/)?${one}/`)
  return [
    {
      name: `${name}-stays-in-its-place`,
      severity: 'error',
      from: own,
      to: { path: '^(src|workers|tests|scripts)/', pathNot: [...values, ...anchored(types)] },
    },
    {
      name: `${name}-knows-only-their-types`,
      severity: 'error',
      from: own,
      to: { path: anchored(types), pathNot: values, dependencyTypesNot: ['type-only'] },
    },
    {
      name: `${name}-takes-only-its-packages`,
      severity: 'error',
      from: own,
      to: { path: '(^|/)node_modules/', ...(npm.length > 0 && { pathNot: npm }) },
    },
    ...(node
      ? []
      : [{ name: `${name}-does-without-node`, severity: 'error', from: own, to: { dependencyTypes: ['core'] } }]),
  ].filter((rule) => !Array.isArray(rule.to.path) || rule.to.path.length > 0)
}

/** Files of one kind side by side: each knows what the kind shares, none knows its neighbor. */
const plugins = (name, path, shared) => ({
  name: `${name}-do-not-know-each-other`,
  severity: 'error',
  from: { path: `^${path}`, pathNot: `^${shared}` },
  to: { path: `^${path}`, pathNot: `^${shared}` },
})

/** The parts of the page that any feature may build on. */
const uiGround = 'src/ui/(widgets|charts|styles)/'

/** What a person sees at one time: each puts features together. */
const uiViews = 'src/ui/(build|run)/'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$'] },
      to: {},
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'only-listed-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'no-tools-in-the-product',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every-file-has-a-place',
      comment: 'A new folder needs a line in the table first.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.tsx$', ...anchored(folders.map((folder) => folder.from))] },
      to: {},
    },
    ...folders.flatMap(folderRules),
    {
      name: 'main-knows-no-simulator',
      severity: 'error',
      from: { path: '^src/main\\.tsx$' },
      to: { path: ['^src/simulator/', '^(tests|scripts)/', '^src/cli/'] },
    },
    {
      name: 'a-policy-knows-only-its-contract',
      severity: 'error',
      from: { path: '^src/simulator/policies/([^/]+)/', pathNot: '/index\\.ts$' },
      to: {
        path: '^src/simulator/policies/',
        pathNot: '^src/simulator/policies/$1/($1-policy|parameters|moves|groups|stabilized)\\.ts$',
      },
    },
    {
      name: 'a-kind-of-policy-knows-no-other',
      severity: 'error',
      from: { path: '^src/simulator/policies/([^/]+)/' },
      to: { path: '^src/simulator/policies/', pathNot: '^src/simulator/policies/$1/' },
    },
    plugins('presets', 'src/scenario/presets/', 'src/scenario/presets/(index|describe|sources)\\.ts$'),
    plugins('exports', 'src/formats/export/[^/]+-(csv|json)\\.ts$', 'src/formats/export/index\\.ts$'),
    {
      name: 'import-and-export-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/formats/(import|export)/' },
      to: { path: '^src/formats/(import|export)/', pathNot: '^src/formats/$1/' },
    },
    plugins('commands-of-the-cli', 'src/cli/commands/', 'src/cli/commands/index\\.ts$'),
    {
      name: 'only-the-composition-root-starts-the-worker',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/main\\.tsx$' },
      to: { path: '^workers/[^/]+\\.worker\\.ts$' },
    },
    {
      name: 'features-do-not-know-each-other',
      comment: 'The views compose them. Traffic and the editor draw on the stage, so they may know its geometry.',
      severity: 'error',
      from: { path: '^src/ui/([^/]+)/', pathNot: ['^src/ui/shell/', `^${uiViews}`, '^src/ui/(traffic|rack-editor)/'] },
      to: { path: '^src/ui/', pathNot: ['^src/ui/$1/', `^${uiGround}`] },
    },
    {
      name: 'views-do-not-know-each-other',
      comment: 'The shell shows one or the other.',
      severity: 'error',
      from: { path: `^${uiViews}` },
      to: { path: [`^${uiViews}`, '^src/ui/shell/'], pathNot: '^src/ui/$1/' },
    },
    {
      name: 'traffic-and-editor-know-only-the-stage',
      severity: 'error',
      from: { path: '^src/ui/(traffic|rack-editor)/' },
      to: { path: '^src/ui/', pathNot: ['^src/ui/$1/', '^src/ui/stage/', `^${uiGround}`] },
    },
    {
      name: 'the-ground-carries-no-feature',
      severity: 'error',
      from: { path: `^${uiGround}` },
      to: { path: '^src/ui/', pathNot: `^${uiGround}` },
    },
    {
      name: 'the-code-editor-in-one-place',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/widgets/code/' },
      to: { path: '(^|/)node_modules/@(codemirror|lezer)/' },
    },
    {
      name: 'd3-only-where-things-are-drawn',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/(charts|stage|rack-editor)/' },
      to: { path: '(^|/)node_modules/(@types/)?d3-' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.page.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'browser', 'node', 'default'],
    },
    moduleSystems: ['es6'],
  },
}
