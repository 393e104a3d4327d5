import type { OffloadMapEntry, Operation, Step } from '../scenario'

/** Calls `visit` for every step, those inside `parallel` and `choose` included, with its path. */
export function visitSteps(steps: readonly Step[], path: string, visit: (step: Step, path: string) => void): void {
  for (const [index, step] of steps.entries()) {
    const at = `${path}[${index}]`
    visit(step, at)
    for (const [inner, list] of innerSteps(step)) visitSteps(list, at + inner, visit)
  }
}

/** The lists of steps inside a step, with their paths from it. */
export function innerSteps(step: Step): readonly (readonly [string, readonly Step[]])[] {
  if (step.do === 'parallel') return step.branches.map((branch, index) => [`.branches[${index}]`, branch] as const)
  if (step.do === 'choose')
    return step.options.map((option, index) => [`.options[${index}].steps`, option.steps] as const)
  return []
}

/** The step that an entry of an offload map means: one of an operation's, or one inside it along `path`. */
export function mappedStep(operation: Operation, { step, path }: OffloadMapEntry): Step | undefined {
  const ways = path === undefined || path === '' ? [] : path.split('.')
  return ways.reduce<Step | undefined>((found, way) => {
    const [list = NaN, index = NaN] = way.split('/').map(Number)
    return found === undefined ? undefined : innerSteps(found)[list]?.[1][index]
  }, operation.steps[step])
}
