import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256Hex } from '../../../../src/formats/export'

// FIPS 180-4 examples, as published by NIST (Cryptographic Standards and Guidelines, example values).
test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('SHA-256 of %j is the published one', (text, hash) => {
  expect(sha256Hex(text)).toBe(hash)
})

test('a million a give the published hash', () => {
  expect(sha256Hex('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0')
})

test('it agrees with node:crypto at every length around a block, and beyond ASCII', () => {
  for (let length = 0; length < 200; length += 1) {
    const text = 'aé€😀'.repeat(length).slice(0, length * 2)
    expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
  }
})

test('half a surrogate pair is hashed as the replacement character', () => {
  expect(sha256Hex('\ud83d!')).toBe(sha256Hex('\ufffd!'))
})
