import { Failure } from './failure'
import { Sandbox, type Engine } from './sandbox'

interface Rule {
  /** `placement` */
  readonly kind: string
  readonly code: string
  readonly entry: string
  readonly parameters: unknown
}

/** Each rule in a sandbox of its own. @throws Error that names the policy and the line where its code is wrong */
export async function preparedRules<R extends Rule>(
  rules: readonly R[],
  engine: Engine,
): Promise<readonly (readonly [R, Sandbox])[]> {
  const prepared: (readonly [R, Sandbox])[] = []
  for (const rule of rules) {
    try {
      prepared.push([rule, await Sandbox.create({ ...rule, engine })])
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const line = error.line === null ? '' : ` at line ${error.line} of its code`
      throw new Error(`the ${rule.kind} policy of this scenario stopped${line}: ${error.message}`, { cause: error })
    }
  }
  return prepared
}
