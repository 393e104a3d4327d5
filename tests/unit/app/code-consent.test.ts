import { describe, expect, test } from 'vitest'
import { createCodeConsent } from '../../../src/app/code-consent'
import { codeProblem } from '../../../src/app/policy-views'
import type { Scenario } from '../../../src/scenario/scenario'
import { readDocument } from '../../support/scenarios'
import { policyRack } from '../../support/policy-rack'

const withCode = (code: string): Scenario =>
  readDocument({ ...policyRack, policies: { placement: { use: 'custom', code } } })

function memoryOf(...texts: string[]) {
  let kept: readonly string[] = texts
  return { read: () => kept, write: (next: readonly string[]) => void (kept = next) }
}

describe('code runs only where somebody let it', () => {
  test('unknown code is asked about, until somebody says yes', () => {
    const consent = createCodeConsent(() => false, memoryOf())
    const scenario = withCode('function place() { return { choose: 0 } }')
    const carried = consent.unaccepted(scenario)
    expect(carried).toEqual([{ kind: 'placement', code: 'function place() { return { choose: 0 } }' }])
    consent.accept(carried)
    expect(consent.unaccepted(scenario)).toEqual([])
    expect(consent.unaccepted(withCode('function place() { return { choose: 1 } }'))).toHaveLength(1)
  })

  test('what is written here needs no yes, nor does what a policy starts from', () => {
    const consent = createCodeConsent(({ code }) => code === 'ours', memoryOf())
    consent.wrote('mine')
    expect(consent.unaccepted(withCode('mine'))).toEqual([])
    expect(consent.unaccepted(withCode('ours'))).toEqual([])
  })

  test('only what ran is known after a reload', () => {
    const memory = memoryOf('old')
    const consent = createCodeConsent(() => false, memory)
    consent.wrote('half-written')
    consent.ran(withCode('mine'))
    expect(memory.read()).toEqual(['old', 'mine'])
    const later = createCodeConsent(() => false, memory)
    expect(later.unaccepted(withCode('mine'))).toEqual([])
    expect(later.unaccepted(withCode('half-written'))).toHaveLength(1)
  })

  test('a scenario without code is never asked about', () => {
    const consent = createCodeConsent(() => false, memoryOf())
    expect(consent.unaccepted(readDocument(policyRack))).toEqual([])
  })
})

test('the line at which a policy stopped is found in what a run says', () => {
  const message =
    'the placement policy of this scenario stopped at line 3 of its code: ReferenceError: x (about kv.1 at 0 ms)'
  expect(codeProblem('placement', message)).toEqual({ line: 3, words: 'ReferenceError: x (about kv.1 at 0 ms)' })
  expect(codeProblem('migration', message)).toBeNull()
  expect(codeProblem('placement', 'the placement policy of this scenario stopped: it has no function "place"')).toEqual(
    {
      line: null,
      words: 'it has no function "place"',
    },
  )
  expect(codeProblem('placement', 'time stands still')).toBeNull()
})
