import { expect, test } from 'vitest'
import { faultText, faultTime, orderText } from '../../../src/app/event-text'

test('an order says what moves where, or which device all leave', () => {
  const to = { node: 'cpu', device: 2 }
  expect(orderText({ do: 'migrate', service: 'kv', instance: 1, to })).toBe('kv.1 to cpu.2')
  expect(orderText({ do: 'evacuate', from: to })).toBe('all leave cpu.2')
})

test('a fault says what it strikes, and when', () => {
  expect(faultText({ target: 'tor' })).toBe('tor down')
  expect(faultText({ target: { node: 'mem', device: 0 }, effect: 'slow' })).toBe('mem.0 slow')
  expect(faultText({ target: { link: 'trunk', device: 1, lane: 3 } })).toBe('trunk.1/3 down')
  expect(faultTime({ atSeconds: 0.3 })).toBe('at 0.3 s')
  expect(faultTime({ mtbfSeconds: 1, mttrSeconds: 0.1 })).toBe('at random')
})
