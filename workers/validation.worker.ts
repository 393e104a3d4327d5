import { expose } from 'comlink'
import { cases, infoOf } from '../src/validation/index'
import type { ValidationApi, ValidationShare } from './validation-api'

/** The validation behind its thread. */
const exposed: ValidationApi = {
  cases: () => cases.map(infoOf),
  run(id, form) {
    const found = cases.find((one) => one.id === id)
    if (!found) throw new RangeError(`no validation case "${id}" (cases: ${cases.map((one) => one.id).join(', ')})`)
    return found.run({ form, told: tell })
  },
}

/** Beside the answers: a case runs in one piece, so that it can only be asked when it is over. */
function tell(share: number): void {
  postMessage({ share } satisfies ValidationShare)
}

expose(exposed)
