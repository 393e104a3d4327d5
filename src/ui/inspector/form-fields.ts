import type { FieldInfo } from '../../scenario/catalog'
import type { Json } from '../../scenario/scenario'
import { choice, field, integer, number } from './field-info'

/** Of `cache`, by its model. */
export const cacheFields: { readonly [model: string]: readonly FieldInfo[] } = {
  power: [
    number('atMiB', 'Misses given at', 'MiB', null, 'Share of the cache at which the steps’ misses are as given.', {
      exclusiveMinimum: 0,
    }),
    number('exponent', 'Exponent', '', null, 'Misses go with share to the power of minus this; often about 0.5.', {
      minimum: 0,
    }),
    number('mostFactor', 'At most', '×', 10, 'More misses than given, however little cache there is.', { minimum: 1 }),
    number('workingSetMiB', 'Working set', 'MiB', null, 'More cache than this is of no use.', {
      exclusiveMinimum: 0,
      nullMeans: 'any cache is of use',
    }),
  ],
  curve: [field('list')('points', 'Points', '', null, 'Cache in MiB and multiplier of the misses: [[4, 2], [16, 1]].')],
}

/** How somebody who asks goes about it when the answer fails or is late. */
export const attemptFields: readonly FieldInfo[] = [
  number('timeoutUs', 'Time-out', 'µs', null, 'Of one attempt.', { exclusiveMinimum: 0, nullMeans: 'waits for ever' }),
  integer('retries', 'Retries', '', 0, 'Further attempts after one has failed.', { minimum: 0, maximum: 20 }),
  number('backoffUs', 'Wait before', 'µs', 0, 'Before the first retry; it doubles with each.', { minimum: 0 }),
  number('retryBudget', 'Retry budget', 'per request', null, 'Further attempts per first one, on average.', {
    minimum: 0,
    nullMeans: 'no limit',
  }),
  number('hedgeAfterUs', 'Hedge after', 'µs', null, 'A second attempt beside the first when that is slow.', {
    exclusiveMinimum: 0,
    nullMeans: 'no second one',
  }),
]

/** When an order is carried out, or a fault begins. */
export const atSecondsField: FieldInfo = number('atSeconds', 'At', 's', null, 'Simulated time, the warm-up included.')

export const rpcFields: readonly FieldInfo[] = [
  number('cyclesPerMessage', 'Per message', 'cycles', 0, 'Core work of each sender and receiver per message.', {
    minimum: 0,
  }),
  number('cyclesPerByte', 'Per byte', 'cycles', 0, 'Core work of each sender and receiver per byte.', { minimum: 0 }),
]

export const sourceFields: readonly FieldInfo[] = [
  integer('requestBytes', 'Request', 'B', 0, 'Size of a request.', { minimum: 0 }),
  integer('responseBytes', 'Response', 'B', 0, 'Size of a response.', { minimum: 0 }),
]

export const runFields: readonly FieldInfo[] = [
  integer('seed', 'Seed', '', 1, 'Chooses all chance; the same seed gives the same run.', { minimum: 0 }),
  number('warmupSeconds', 'Warm-up', 's', 0, 'Simulated first and not measured.', { minimum: 0 }),
  number('durationSeconds', 'Measured', 's', 1, 'Simulated and measured after the warm-up.', { exclusiveMinimum: 0 }),
  integer('replications', 'Replications', '', 1, 'Runs with seeds of their own; two or more give intervals.', {
    minimum: 1,
  }),
]

/** What turns a run's energy and a rack's price into the cost of requests. */
export const runCostFields: readonly FieldInfo[] = [
  number('amortizationYears', 'Written off over', 'years', 3, 'The price of the rack, for the cost of requests.', {
    exclusiveMinimum: 0,
  }),
  number('electricityUsdPerKwh', 'Electricity', 'USD/kWh', 0.0733, 'Its price, for the cost of requests.', {
    minimum: 0,
  }),
  number('powerUsageEffectiveness', 'Building over rack', '×', 1.58, 'Energy of the building over that of the rack.', {
    minimum: 1,
  }),
]

export const arrivalFields: { readonly [process: string]: readonly FieldInfo[] } = {
  constant: [number('ratePerSecond', 'Rate', '1/s', 1000, 'Requests a second, evenly.', { exclusiveMinimum: 0 })],
  poisson: [
    number('ratePerSecond', 'Rate', '1/s', 1000, 'Requests a second on average, independent of one another.', {
      exclusiveMinimum: 0,
    }),
  ],
  mmpp: [
    field('list')(
      'states',
      'States',
      '',
      [],
      'Rates that take turns: [{"ratePerSecond": 1000, "meanSeconds": 0.1}, …].',
    ),
  ],
  trace: [field('list')('timesSeconds', 'Times', 's', [], 'When each request arrives.')],
  rates: [
    number('bucketSeconds', 'Bucket', 's', 1, 'How long each rate holds.', { exclusiveMinimum: 0 }),
    field('list')('ratesPerSecond', 'Rates', '1/s', [], 'One rate per bucket.'),
  ],
  closed: [
    integer('users', 'Users', '', 10, 'Each sends, waits for the answer, thinks, and sends again.', { minimum: 1 }),
  ],
}

/** What new arrivals of a process begin with. */
export const newArrivals: { readonly [process: string]: { readonly [key: string]: Json } } = {
  constant: { process: 'constant', ratePerSecond: 1000 },
  poisson: { process: 'poisson', ratePerSecond: 1000 },
  mmpp: {
    process: 'mmpp',
    states: [
      { ratePerSecond: 500, meanSeconds: 0.05 },
      { ratePerSecond: 2000, meanSeconds: 0.01 },
    ],
  },
  trace: { process: 'trace', timesSeconds: [0.001, 0.002, 0.003] },
  rates: { process: 'rates', bucketSeconds: 0.05, ratesPerSecond: [500, 2000] },
  closed: { process: 'closed', users: 10, thinkTimeNs: { dist: 'exponential', mean: 1000000 } },
}

/** Plain (not random) fields of each kind of step. */
export const stepFields: { readonly [kind: string]: readonly FieldInfo[] } = {
  compute: [
    number('missesPerKiloInstruction', 'Misses', '/1000 instr.', 0, 'Last-level misses per thousand instructions.', {
      minimum: 0,
    }),
    number('dirtyRatio', 'Dirty', '0 – 1', 0, 'Share of remote misses that also write a line back.', {
      minimum: 0,
      maximum: 1,
    }),
    integer('inputBytes', 'Input', 'B', 0, 'Sent along when the step is offloaded.', { minimum: 0 }),
    integer('outputBytes', 'Output', 'B', 0, 'Sent back when the step was offloaded.', { minimum: 0 }),
  ],
  memory: [
    choice('access', 'Access', '', 'read', 'Read or write.', { choices: ['read', 'write'] }),
    integer('bytes', 'Bytes', 'B', 4096, 'How much.', { minimum: 0 }),
  ],
  kernel: [
    number('flops', 'Operations', 'FLOP', 1e9, 'Floating-point operations.', { minimum: 0 }),
    number('bytes', 'Memory traffic', 'B', 0, 'Bytes moved in the accelerator’s memory.', { minimum: 0 }),
    integer('inputBytes', 'Input', 'B', 0, 'Sent to the accelerator.', { minimum: 0 }),
    integer('outputBytes', 'Output', 'B', 0, 'Sent back.', { minimum: 0 }),
  ],
  call: [
    integer('requestBytes', 'Request', 'B', 0, 'Size of the request.', { minimum: 0 }),
    integer('responseBytes', 'Response', 'B', 0, 'Size of the response.', { minimum: 0 }),
  ],
  send: [integer('requestBytes', 'Message', 'B', 0, 'Size of the message.', { minimum: 0 })],
}

/** How a kernel shares a launch with others; window and shared bytes matter only for more than one. */
export const kernelBatchFields: readonly FieldInfo[] = [
  integer('batchSize', 'Batch', 'kernels', 1, 'Kernels of this step that a device runs with one launch, at most.', {
    minimum: 1,
    maximum: 65536,
  }),
  number('batchWindowUs', 'Batch window', 'µs', 0, 'How long the first of a batch waits for others.', { minimum: 0 }),
  number('sharedBytes', 'Shared traffic', 'B', 0, 'Of the memory traffic, what a batch moves once, such as weights.', {
    minimum: 0,
  }),
]

export const engineBytesField: FieldInfo = integer(
  'workBytes',
  'Bytes for it',
  'B',
  null,
  'What an engine would work off.',
  { minimum: 0, nullMeans: 'its input' },
)

export const kernelRepeatField: FieldInfo = integer(
  'repeat',
  'How often',
  '×',
  1,
  'How often it runs in a row: its input is sent before the first, its output after the last.',
  { minimum: 1, maximum: 1e6 },
)

export const STEP_NAMES: { readonly [kind: string]: string } = {
  compute: 'Compute',
  memory: 'Memory',
  kernel: 'Kernel',
  call: 'Call',
  send: 'Send',
  parallel: 'In parallel',
  choose: 'Choose',
  delay: 'Delay',
}

/** Parameters of each distribution; those without their own unit are in the unit of the field. */
export const distributionFields: {
  readonly [name: string]: readonly {
    readonly name: string
    readonly label: string
    readonly isPlain?: boolean
    readonly isList?: boolean
    readonly initial: Json
  }[]
} = {
  constant: [{ name: 'value', label: 'Value', initial: 100000 }],
  exponential: [{ name: 'mean', label: 'Mean', initial: 100000 }],
  uniform: [
    { name: 'min', label: 'Least', initial: 0 },
    { name: 'max', label: 'Most', initial: 100000 },
  ],
  erlang: [
    { name: 'k', label: 'Stages', isPlain: true, initial: 2 },
    { name: 'mean', label: 'Mean', initial: 100000 },
  ],
  hyperexponential: [
    { name: 'probabilities', label: 'Shares', isPlain: true, isList: true, initial: [0.5, 0.5] },
    { name: 'means', label: 'Means', isList: true, initial: [50000, 150000] },
  ],
  lognormal: [
    { name: 'mean', label: 'Mean', initial: 100000 },
    { name: 'cv', label: 'Variation', isPlain: true, initial: 0.5 },
  ],
  gamma: [
    { name: 'mean', label: 'Mean', initial: 100000 },
    { name: 'cv', label: 'Variation', isPlain: true, initial: 0.5 },
  ],
  pareto: [
    { name: 'shape', label: 'Shape', isPlain: true, initial: 1.5 },
    { name: 'min', label: 'Least', initial: 20000 },
    { name: 'max', label: 'Most', initial: 2000000 },
  ],
  empirical: [{ name: 'values', label: 'Values', isList: true, initial: [50000, 100000, 150000] }],
}
