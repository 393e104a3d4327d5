import { describe, expect, test } from 'vitest'
import { checkCalls } from '../../../../src/scenario/checks/calls'
import type { Service, Step } from '../../../../src/scenario/scenario'
import { scenarioWith } from '../../../support/small-rack'

const call = (to: string): Step => ({ do: 'call', to, requestBytes: 0, responseBytes: 0 })
const send = (to: string): Step => ({ do: 'send', to, requestBytes: 0 })
const choose = (...options: readonly (readonly [number, readonly Step[]])[]): Step => ({
  do: 'choose',
  options: options.map(([probability, steps]) => ({ probability, steps })),
})

/** Services a, b, c, … with one operation `x` each. */
function servicesOf(threads: number | null, ...steps: readonly (readonly Step[])[]): readonly Service[] {
  const [model] = scenarioWith({}).application.services
  return steps.map((list, index) => {
    const id = 'abcdefgh'[index]
    return { ...model, id, threads, operations: [{ id: 'x', stream: `${id}.x`, steps: list }] }
  })
}

function checked(services: readonly Service[]): {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
} {
  const errors: string[] = []
  const warnings: string[] = []
  checkCalls(
    services,
    (path, message) => errors.push(`${path}: ${message}`),
    (path, message) => warnings.push(`${path}: ${message}`),
  )
  return { errors, warnings }
}

const place = (service: number): string => `application.services[${service}].operations[0].steps`

describe('calls that certainly go round are an error', () => {
  test('an operation that calls itself', () => {
    expect(checked(servicesOf(null, [call('a.x')])).errors).toEqual([
      `${place(0)}[0].to: calls in a certain cycle: a.x → a.x; no request would ever end`,
    ])
  })

  test('a circle of three, told once, at its first call, and not again for who leads into it', () => {
    const { errors } = checked(servicesOf(null, [call('b.x')], [call('c.x')], [call('d.x')], [call('b.x')]))
    expect(errors).toEqual([
      `${place(1)}[0].to: calls in a certain cycle: b.x → c.x → d.x → b.x; no request would ever end`,
    ])
  })

  test('through a branch, a send, and whichever option is chosen', () => {
    const steps: Step[] = [
      { do: 'parallel', branches: [[], [choose([0.5, [call('b.x')]], [0.5, [send('a.x')]], [0, []])]] },
    ]
    const { errors } = checked(servicesOf(null, steps, [call('a.x')]))
    expect(errors).toEqual([
      `${place(0)}[0].branches[1][0].options[0].steps[0].to: calls in a certain cycle: a.x → b.x → a.x; no request would ever end`,
    ])
  })
})

describe('calls that may go round', () => {
  test('are allowed without a word where threads are unlimited', () => {
    expect(checked(servicesOf(null, [choose([0.5, [call('a.x')]], [0.5, []])]))).toEqual({ errors: [], warnings: [] })
  })

  test('are a warning where threads are bounded, as the service may come to wait for itself', () => {
    const { errors, warnings } = checked(
      servicesOf(4, [call('b.x')], [choose([0.9, [call('a.x')]], [0.1, []])], [call('a.x')]),
    )
    expect(errors).toEqual([])
    expect(warnings).toEqual([
      `${place(0)}[0].to: calls may go in a circle, a.x → b.x → a.x: if all 4 threads of an instance of "a" wait in it, they wait forever`,
    ])
  })

  test('are a warning too where one operation of a service leads to another of it', () => {
    const [a, b] = servicesOf(1, [call('b.x')], [call('a.y')])
    const both = { ...a, operations: [...a.operations, { id: 'y', stream: 'a.y', steps: [] }] }
    expect(checked([both, b])).toEqual({
      errors: [],
      warnings: [
        `${place(0)}[0].to: calls lead back to "a", a.x → b.x → a.y: if all 1 threads of an instance of it wait there, they wait forever`,
      ],
    })
    expect(checked([{ ...both, threads: null }, b]).warnings).toEqual([])
  })

  test('are nothing to wait for where one of them is only sent', () => {
    expect(checked(servicesOf(4, [call('b.x')], [choose([0.9, [send('a.x')]], [0.1, []])])).warnings).toEqual([])
  })
})

test('a call that certainly goes round is told at the certain call, not at one that may be left out', () => {
  const { errors } = checked(servicesOf(null, [choose([0.5, [call('a.x')]], [0.5, []]), call('b.x')], [call('b.x')]))
  expect(errors).toEqual([`${place(1)}[0].to: calls in a certain cycle: b.x → b.x; no request would ever end`])
})

describe('calls that multiply', () => {
  const twice = (probability: number): Step =>
    choose([probability, [{ do: 'parallel', branches: [[call('a.x')], [send('b.x')]] }]], [1 - probability, []])

  test('faster than they end are a warning', () => {
    expect(checked(servicesOf(null, [twice(0.75)], [call('a.x')])).warnings).toEqual([
      `${place(0)}: calls go in a circle in which each is followed by 1.32 on average, so one request causes ever more of them`,
    ])
    expect(checked(servicesOf(null, [twice(0.5)], [call('a.x')])).warnings).toHaveLength(1)
  })

  test('more slowly than they end are fine', () => {
    expect(checked(servicesOf(null, [twice(0.49)], [call('a.x')])).warnings).toEqual([])
  })
})

test('a long chain of calls, and a wide one, are fine', () => {
  const [model] = scenarioWith({}).application.services
  const operations = Array.from({ length: 3000 }, (_, index) => ({
    id: `o${index}`,
    stream: '',
    steps: index < 2999 ? [call(`web.o${index + 1}`), call('web.o2999')] : [],
  }))
  expect(checked([{ ...model, operations }])).toEqual({ errors: [], warnings: [] })
})
