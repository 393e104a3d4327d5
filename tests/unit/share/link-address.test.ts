import { expect, test } from 'vitest'
import { addressText, emptyAddress, fragmentOf, readAddress, type LinkAddress } from '../../../src/share/link-address'

const full: LinkAddress = {
  view: 'run',
  scenario: 'd1.abc-_.0123abcd',
  momentPs: 412_310_000_000,
  selection: { kind: 'dev', id: 'cpu.2', atSeconds: null },
  caseId: null,
  theme: 'dark',
  engine: '0.4.2',
  check: '3f9a2c01be77',
  branch: { momentPs: 340_000_000_000, change: 'd1.abc-_9.00ff00ff', check: '0123456789ab' },
}

test('an address is written with its version first and its scenario last', () => {
  expect(addressText(full)).toBe(
    '#/run?v=1&t=412.31ms&sel=dev:cpu.2&theme=dark&eng=0.4.2&chk=3f9a2c01be77&b=340ms~0123456789ab~d1.abc-_9.00ff00ff&s=d1.abc-_.0123abcd',
  )
})

test('a case of the validation can be linked to without a scenario', () => {
  const address = { ...emptyAddress, view: 'validation' as const, caseId: 'B13' }
  expect(addressText(address)).toBe('#/validation?v=1&case=B13')
  expect(readAddress('#/validation?v=1&case=B13')).toEqual({ kind: 'address', address, notes: [] })
})

test('what is written reads back the same', () => {
  expect(readAddress(addressText(full))).toEqual({ kind: 'address', address: full, notes: [] })
  expect(readAddress(addressText(emptyAddress))).toEqual({ kind: 'address', address: emptyAddress, notes: [] })
})

test('an address without a version is of version 1', () => {
  expect(readAddress('#/run?s=d1.x.y')).toMatchObject({ address: { scenario: 'd1.x.y', view: 'run' } })
})

test('a later version is refused, whatever else is there', () => {
  expect(readAddress('#/run?v=99&s=d1.x.y')).toEqual({
    kind: 'failure',
    failure: { kind: 'too-new', what: 'link version 99' },
  })
})

test('no fragment at all is an empty address', () => {
  for (const text of ['', '#', '#/']) expect(readAddress(text)).toMatchObject({ address: emptyAddress, notes: [] })
})

test('what is not understood is left out with a note, and the scenario still opens', () => {
  const read = readAddress('#/run?v=1&t=soon&sel=what&hide=export&chk=XYZ&theme=pink&s=d1.x.y')
  expect(read).toMatchObject({ address: { ...emptyAddress, view: 'run', scenario: 'd1.x.y' } })
  expect(read.kind === 'address' ? read.notes : []).toEqual([
    "The link's t=soon was not understood and is left out.",
    "The link's sel=what was not understood and is left out.",
    "The link's hide=export was not understood and is left out.",
    "The link's chk=XYZ was not understood and is left out.",
    "The link's theme=pink was not understood and is left out.",
  ])
})

test('percent signs that a chat put in are taken out again', () => {
  expect(readAddress('#/run?sel=mig%3Akv.1%400.4102&t=90%C2%B5s')).toMatchObject({
    address: { selection: { kind: 'mig', id: 'kv.1', atSeconds: 0.4102 }, momentPs: 90_000_000 },
    notes: [],
  })
  expect(readAddress('#/run?sel=%E0%A4%A')).toMatchObject({ address: { selection: null } })
})

test('the fragment of a pasted link is found, and other text is no link', () => {
  expect(fragmentOf(' https://example.org/unrack/#/run?s=d1.x.y\n')).toBe('#/run?s=d1.x.y')
  expect(fragmentOf('#/build?s=j1.e30')).toBe('#/build?s=j1.e30')
  expect(fragmentOf('{"name": "see #/here"}')).toBeNull()
  expect(fragmentOf('https://example.org/')).toBeNull()
})

test('a branch is its moment, what it gave and its change; one that is not understood is left out', () => {
  const branch = { momentPs: 1_500_000_000, change: 'j1.e30', check: null }
  const text = addressText({ ...emptyAddress, branch })
  expect(text).toContain('b=1.5ms~~j1.e30')
  expect(readAddress(text)).toMatchObject({ address: { branch }, notes: [] })
  for (const bad of ['1.5ms~~', 'soon~~j1.e30', '1.5ms~xyz~j1.e30', '1.5ms~~j1.<b>'])
    expect(readAddress(`#/run?v=1&b=${bad}`)).toMatchObject({ address: { branch: null }, notes: [expect.any(String)] })
})
