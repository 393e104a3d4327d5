import { expect, test } from 'vitest'
import { problemsWith, scenarioWith } from '../../support/small-rack'

const path = 'application.services[0].cache'

test('left-out fields of a power law are filled in, and a service without a use of cache has none', () => {
  const [service, other] = scenarioWith({ [path]: { model: 'power', atMiB: 4 } }).application.services
  expect(service.cache).toEqual({ model: 'power', atMiB: 4, exponent: 0.5, mostFactor: 10, workingSetMiB: null })
  expect(other).not.toHaveProperty('cache')
})

test('what is wrong with a use of cache is said where it stands', () => {
  expect(problemsWith({ [path]: 8 })).toEqual([`${path}: a service needs a use of cache { "model": … }; got 8`])
  expect(problemsWith({ [path]: { model: 'power' } })[0]).toMatch(`${path}.atMiB: the use of cache needs a number`)
  const points = [
    [4, 1],
    [4, 0.5],
    [8, 0.7],
  ]
  expect(problemsWith({ [path]: { model: 'curve', points } })).toEqual([
    `${path}.points[1]: cache rises from point to point; got 4 after 4`,
    `${path}.points[2]: more cache gives no more misses; got a multiplier of 0.7 after 0.5`,
  ])
})
