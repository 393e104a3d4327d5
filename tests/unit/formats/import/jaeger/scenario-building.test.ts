import { expect, test } from 'vitest'
import { importJaeger } from '../../../../../src/formats/import'
import { jaegerInput, jaegerTrace } from '../../../../support/import/jaeger-trace'
import { importTraces } from '../../../../support/import/imported'

test('names that are no identifiers stay as labels', () => {
  const [service] = importTraces([jaegerTrace('t', [{ service: 'my shop/eu', operation: 'GET /', at: 0, lasts: 5 }])])
    .application.services
  expect(service).toMatchObject({ id: 'my-shop-eu', label: 'my shop/eu', operations: [{ id: 'GET', label: 'GET /' }] })
})

test('services with names that become equal stay two', () => {
  const trace = jaegerTrace('t', [
    { service: 'a b', at: 0, lasts: 5 },
    { service: 'a/b', at: 9, lasts: 5 },
  ])
  expect(importTraces([trace]).application.services.map((service) => [service.id, service.label])).toEqual([
    ['a-b', 'a b'],
    ['a-b-2', 'a/b'],
  ])
})

test('a service has as many replicas as instances were seen', () => {
  const trace = (host: string, at: number): ReturnType<typeof jaegerTrace> => {
    const made = jaegerTrace(host, [{ service: 'a', at: 0, lasts: 5 }], at)
    return {
      ...made,
      processes: { p1: { serviceName: 'a', tags: [{ key: 'hostname', type: 'string', value: host }] } },
    }
  }
  expect(
    importTraces([trace('a-1', 0), trace('a-2', 1000), trace('a-1x', 2000)]).application.services[0]?.replicas,
  ).toBe(3)
})

test('the data set is named after the file or the folder', () => {
  const trace = jaegerTrace('t', [{ service: 'a', at: 0, lasts: 5 }])
  const nameOf = (...names: readonly string[]): unknown =>
    importJaeger(names.map((name) => jaegerInput([trace], name))).scenario?.['name']
  expect([nameOf('x/hotel.json.gz'), nameOf('x/hotel/1.json', 'x/hotel/2.json'), nameOf('1.json', '2.json')]).toEqual([
    'hotel',
    'hotel',
    'jaeger',
  ])
})

test('the options name the data set and the input', () => {
  const input = jaegerInput([jaegerTrace('t', [{ service: 'a', at: 0, lasts: 5 }])])
  expect(importJaeger([input], { dataset: 'mine', input: 'here/*.json' }).truth).toMatchObject({
    dataset: 'mine',
    input: 'here/*.json',
    format: 'jaeger',
  })
})
