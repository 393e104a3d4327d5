import { expect, test } from 'vitest'
import { base64urlBytes, base64urlText } from '../../../src/share/base64url'
import { crc32Hex } from '../../../src/share/crc32'

test('base64url agrees with Node at every length', () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 67 + length) % 256)
    expect(base64urlText(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    expect(base64urlBytes(base64urlText(bytes))).toEqual(bytes)
  }
})

test('what is no base64url is told', () => {
  for (const text of ['a', 'abcde', 'a+/=', 'ab c', 'ä']) expect(base64urlBytes(text)).toBeNull()
})

// The check value of CRC-32/ISO-HDLC in the catalog of parametrised CRC algorithms.
test('CRC-32 of 123456789 is the published cbf43926', () => {
  expect(crc32Hex(new TextEncoder().encode('123456789'))).toBe('cbf43926')
  expect(crc32Hex(new Uint8Array(0))).toBe('00000000')
})
