import { expect, test } from 'vitest'
import { readSelection, selectionText } from '../../../src/share/selection-text'

test.each([
  'node:cpu',
  'dev:cpu.2',
  'link:l1',
  'svc:kv',
  'op:kv.get',
  'src:users',
  'rack:r1',
  'req:10423',
  'mig:kv.1@0.4102',
])('%s reads back the same', (text) => {
  const selection = readSelection(text)
  expect(selection === null ? '' : selectionText(selection)).toBe(text)
})

test.each(['', 'cpu', 'node:', 'thing:cpu', 'node:-x', 'node:<b>', 'mig:kv.1', 'node:cpu@1', 'node:a b'])(
  '%j names nothing',
  (text) => {
    expect(readSelection(text)).toBeNull()
  },
)
