import { expose } from 'comlink'
import { cases, infoOf } from '../src/validation/index'
import type { ValidationApi } from './validation-api'

/** The validation behind its thread. */
const exposed: ValidationApi = {
  cases: () => cases.map(infoOf),
  run(id, form) {
    const found = cases.find((one) => one.id === id)
    if (!found) throw new RangeError(`no validation case "${id}" (cases: ${cases.map((one) => one.id).join(', ')})`)
    return found.run({ form })
  },
}

expose(exposed)
