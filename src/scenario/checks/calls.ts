import type { Operation, Service, Step } from '../scenario'
import type { Complain } from './draft'
import { visitSteps } from './steps'

/** One operation in the graph of calls. */
interface Node {
  /** `service.operation` */
  readonly name: string
  readonly service: Service
  readonly operation: Operation
  /** Path of its steps. */
  readonly path: string
}

/**
 * Reports calls that go round in a circle: as an error where every way through leads round again, so that no request
 * would ever end; as a warning where there is a way out but a service with bounded threads waits for itself on the way.
 */
export function checkCalls(services: readonly Service[], complain: Complain, warn: Complain): void {
  const nodes = nodesOf(services)
  const endless = endlessOperations(nodes)
  const reported = new Set<string>()
  for (const name of endless) reportCircle(name, nodes, endless, reported, complain)
  warnOfWaiting(nodes, endless, warn)
}

function nodesOf(services: readonly Service[]): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>()
  for (const [index, service] of services.entries()) {
    for (const [number, operation] of service.operations.entries()) {
      const name = `${service.id}.${operation.id}`
      const path = `application.services[${index}].operations[${number}].steps`
      if (!nodes.has(name)) nodes.set(name, { name, service, operation, path })
    }
  }
  return nodes
}

/** Operations whose every way through goes on to such an operation. */
function endlessOperations(nodes: ReadonlyMap<string, Node>): ReadonlySet<string> {
  return largestSet([...nodes.keys()], (name, set) => alwaysReaches(nodes.get(name)?.operation.steps ?? [], set))
}

/** The largest set of names of which each one belongs to it by the rule. */
function largestSet(
  names: readonly string[],
  belongs: (name: string, set: ReadonlySet<string>) => boolean,
): Set<string> {
  const set = new Set(names)
  const leavesFirst = [...names].reverse() // callers mostly stand before what they call
  for (let size = -1; size !== set.size;) {
    size = set.size
    for (const name of leavesFirst) if (set.has(name) && !belongs(name, set)) set.delete(name)
  }
  return set
}

function alwaysReaches(steps: readonly Step[], targets: ReadonlySet<string>): boolean {
  return steps.some((step) => {
    switch (step.do) {
      case 'call':
      case 'send':
        return targets.has(step.to)
      case 'parallel':
        return step.branches.some((branch) => alwaysReaches(branch, targets))
      case 'choose': {
        const possible = step.options.filter((option) => option.probability > 0)
        return possible.length > 0 && possible.every((option) => alwaysReaches(option.steps, targets))
      }
      default:
        return false
    }
  })
}

/** Follows the first endless call of each operation until one comes again, and reports that circle once. */
function reportCircle(
  start: string,
  nodes: ReadonlyMap<string, Node>,
  endless: ReadonlySet<string>,
  reported: Set<string>,
  complain: Complain,
): void {
  const way: { readonly name: string; readonly path: string }[] = []
  let name = start
  while (!reported.has(name)) {
    reported.add(name)
    const call = callsOf(nodes.get(name)).find(({ to }) => endless.has(to))
    if (call === undefined) return
    way.push({ name, path: call.path })
    name = call.to
  }
  const first = way.findIndex((stop) => stop.name === name)
  const stop = way[first]
  if (stop === undefined) return // it leads into a circle that is reported already
  const circle = [...way.slice(first).map((each) => each.name), name].join(' → ')
  complain(stop.path, `calls in a certain cycle: ${circle}; no request would ever end`)
}

interface CallPlace {
  readonly to: string
  readonly path: string
  readonly waits: boolean
}

function callsOf(node: Node | undefined): readonly CallPlace[] {
  const calls: CallPlace[] = []
  if (node === undefined) return calls
  visitSteps(node.operation.steps, node.path, (step, path) => {
    if (step.do === 'call' || step.do === 'send')
      calls.push({ to: step.to, path: `${path}.to`, waits: step.do === 'call' })
  })
  return calls
}

function warnOfWaiting(nodes: ReadonlyMap<string, Node>, endless: ReadonlySet<string>, warn: Complain): void {
  const next = waitingCalls(nodes, endless)
  const seen = new Set<string>()
  const candidates = onOrBetweenCircles(next)
  for (const name of next.keys()) {
    const circle = candidates.has(name) && !seen.has(name) ? shortestCircle(name, next) : null
    for (const member of circle ?? []) seen.add(member)
    if (circle !== null) warnOfCircle(circle, nodes, warn)
  }
}

/** By operation, the operations that it calls and waits for. */
function waitingCalls(
  nodes: ReadonlyMap<string, Node>,
  endless: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, readonly string[]>()
  for (const node of nodes.values()) {
    const calls = callsOf(node).filter((call) => call.waits && nodes.has(call.to))
    if (!endless.has(node.name)) next.set(node.name, [...new Set(calls.map((call) => call.to))])
  }
  return next
}

/** Operations from which calls go on without end and to which they come without end; mostly there are none. */
function onOrBetweenCircles(next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const goesOn = largestSet([...next.keys()], (name, set) => (next.get(name) ?? []).some((to) => set.has(to)))
  const callers = new Map<string, string[]>()
  for (const name of goesOn) {
    for (const to of next.get(name) ?? []) {
      const known = callers.get(to)
      if (known === undefined) callers.set(to, [name])
      else known.push(name)
    }
  }
  return largestSet([...goesOn].reverse(), (name, set) => (callers.get(name) ?? []).some((from) => set.has(from)))
}

/** The operations on the shortest way from one back to itself; null where there is none. */
function shortestCircle(start: string, next: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const from = new Map<string, string>()
  const queue = [start]
  for (const name of queue) {
    for (const to of next.get(name) ?? []) {
      if (to === start) return wayBack(name, start, from)
      if (from.has(to)) continue
      from.set(to, name)
      queue.push(to)
    }
  }
  return null
}

function wayBack(last: string, start: string, from: ReadonlyMap<string, string>): readonly string[] {
  const way = [last]
  for (let name = last; name !== start;) {
    name = from.get(name) ?? start
    way.unshift(name)
  }
  return way
}

function warnOfCircle(circle: readonly string[], nodes: ReadonlyMap<string, Node>, warn: Complain): void {
  const bounded = circle
    .map((name) => nodes.get(name))
    .find((node) => node !== undefined && node.service.threads !== null)
  if (bounded === undefined) return
  const call = callsOf(bounded).find(({ to, waits }) => waits && circle.includes(to))
  const { id, threads } = bounded.service
  const way = [...circle, circle[0]].join(' → ')
  warn(
    call?.path ?? bounded.path,
    `calls may go in a circle, ${way}: if all ${threads} threads of an instance of "${id}" wait in it, they wait forever`,
  )
}
