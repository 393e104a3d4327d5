import { describe, expect, test } from 'vitest'
import { chipCode, serviceCodes } from '../../../../src/ui/stage/chip-code'

const hotel = ['frontend', 'search', 'geo', 'rate', 'profile', 'reservation', 'recommendation', 'user']
const stores = ['rate-cache', 'profile-cache', 'reserve-cache', 'rate-db', 'profile-db', 'reserve-db']

describe('the short name of a service', () => {
  test('is two letters where they tell it apart', () => {
    expect(chipCode(serviceCodes(['kv', 'web']), 'kv.1')).toBe('KV-1')
  })

  test('has more letters only where others begin alike', () => {
    expect([...serviceCodes(['chat', 'mixed-a', 'mixed-b']).values()]).toEqual(['CH', 'MIA', 'MIB'])
    expect([...serviceCodes(['rate', 'rate-db']).values()]).toEqual(['RAT', 'RAD'])
  })

  test('is never that of another, nor longer than four letters', () => {
    const many = Array.from({ length: 60 }, (_, at) => `worker-${at}`)
    for (const ids of [[...hotel, ...stores], many, ['abcd', 'abcde', 'abcdef']]) {
      const codes = [...serviceCodes(ids).values()]
      expect(new Set(codes).size, codes.join()).toBe(ids.length)
      expect(Math.max(...codes.map((code) => code.length))).toBeLessThanOrEqual(4)
    }
  })
})
