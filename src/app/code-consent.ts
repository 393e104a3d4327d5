import type { PolicyUse, Scenario } from '../scenario/scenario'
import { readAcceptedCode, writeAcceptedCode } from '../storage'

/** A rule that a scenario brings along. */
export interface CarriedCode {
  /** `placement` */
  readonly kind: string
  readonly code: string
}

/**
 * Code runs on this page only if it was written here, or somebody saw it and let it run. It could do no harm, as it runs
 * in a sandbox; but nobody's code runs unasked.
 */
export interface CodeConsent {
  /** What the scenario carries and nobody has let run; empty where it may run. */
  readonly unaccepted: (scenario: Scenario) => readonly CarriedCode[]
  /** Somebody is writing it on this page. */
  readonly wrote: (code: string) => void
  /** Somebody saw it and said yes. */
  readonly accept: (carried: readonly CarriedCode[]) => void
  /** It runs: from now on it is known in this browser. */
  readonly ran: (scenario: Scenario) => void
  /** Has it shown to somebody. */
  readonly ask: () => void
  readonly onAsk: (show: () => void) => void
}

interface CodeMemory {
  readonly read: () => readonly string[]
  readonly write: (texts: readonly string[]) => void
}

const browser: CodeMemory = { read: readAcceptedCode, write: writeAcceptedCode }

/** @param isOurs whether code is what a policy starts from, and thus nobody's */
export function createCodeConsent(
  isOurs: (carried: CarriedCode) => boolean,
  memory: CodeMemory = browser,
): CodeConsent {
  const accepted = new Set(memory.read())
  let show: () => void = () => undefined
  return {
    unaccepted: (scenario) => codeIn(scenario).filter((one) => !accepted.has(one.code) && !isOurs(one)),
    wrote: (code) => {
      accepted.add(code)
    },
    accept: (carried) => {
      for (const { code } of carried) accepted.add(code)
    },
    ran: (scenario) => {
      const codes = codeIn(scenario)
        .filter((one) => !isOurs(one))
        .map(({ code }) => code)
      if (codes.length === 0) return
      memory.write([...memory.read().filter((text) => !codes.includes(text)), ...codes])
    },
    ask: () => {
      show()
    },
    onAsk: (listener) => {
      show = listener
    },
  }
}

/** The code of every policy that has any. */
function codeIn({ policies }: Scenario): readonly CarriedCode[] {
  const { orders: _orders, ...kinds } = policies
  return Object.entries<PolicyUse>(kinds).flatMap(([kind, { code }]) =>
    typeof code === 'string' ? [{ kind, code }] : [],
  )
}
