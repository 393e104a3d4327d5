import { expose } from 'comlink'
import { caseById } from '../src/validation/case-by-id'
import type { ValidationApi, ValidationShare } from './validation-api'

/** The validation behind its thread. */
const exposed: ValidationApi = {
  async run(id, form) {
    return (await caseById(id)).run({ form, told: tell })
  },
}

/** Beside the answers: a case runs in one piece, so that it can only be asked when it is over. */
function tell(share: number): void {
  postMessage({ share } satisfies ValidationShare)
}

expose(exposed)
