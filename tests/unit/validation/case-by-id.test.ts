import { expect, test } from 'vitest'
import { caseById } from '../../../src/validation/case-by-id'
import { cases } from '../../../src/validation/index'

test('each case is found in its family', async () => {
  for (const one of cases) expect(await caseById(one.id)).toBe(one)
})

test('what is no case is refused by its name', async () => {
  for (const id of ['', 'B99', 'Z1', 'b1']) await expect(caseById(id)).rejects.toThrow(`no validation case "${id}"`)
})
