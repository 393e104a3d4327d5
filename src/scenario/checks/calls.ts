import type { Operation, Service, Step } from '../scenario'
import type { Complain } from './draft'
import { largestSet, onOrBetweenCircles, reversed, shortestCircle, shortestWay, type Graph } from './circles'
import { growthOfCalls } from './growth'
import { innerSteps, visitSteps } from './steps'

/** Operations of a circle that a message names. */
const mostShown = 8

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
 * would ever end; as a warning where there is a way out but a service with bounded threads waits for itself on the way,
 * in a circle or because one of its operations leads to another.
 */
export function checkCalls(services: readonly Service[], complain: Complain, warn: Complain): void {
  const nodes = nodesOf(services)
  const endless = endlessOperations(nodes)
  const reported = new Set<string>()
  for (const name of endless) reportCircle(name, nodes, endless, reported, complain)
  const waiting = graphOf(nodes, endless, true)
  const circles = onOrBetweenCircles(waiting)
  warnOfWaiting(nodes, waiting, circles, warn)
  warnOfOwnThreads(nodes, waiting, circles, warn)
  warnOfGrowth(nodes, endless, warn)
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
  const callers = reversed(graphOf(nodes, new Set(), false))
  const goesOn = (name: string, set: ReadonlySet<string>): boolean =>
    alwaysReaches(nodes.get(name)?.operation.steps ?? [], set)
  return largestSet([...nodes.keys()], goesOn, callers)
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
    const call = certainCall(nodes.get(name)?.operation.steps ?? [], nodes.get(name)?.path ?? '', endless)
    if (call === null) return
    way.push({ name, path: call.path })
    name = call.to
  }
  const first = way.findIndex((stop) => stop.name === name)
  const stop = way[first]
  if (stop === undefined) return // it leads into a circle that is reported already
  const circle = wayText(way.slice(first).map((each) => each.name))
  complain(stop.path, `calls in a certain cycle: ${circle}; no request would ever end`)
}

/** The first call to one of some operations that every way through these steps makes, or leads to in an option. */
function certainCall(
  steps: readonly Step[],
  path: string,
  targets: ReadonlySet<string>,
): { readonly to: string; readonly path: string } | null {
  const index = steps.findIndex((step) => alwaysReaches([step], targets))
  const step = steps[index]
  if (step === undefined) return null
  const at = `${path}[${index}]`
  if (step.do === 'call' || step.do === 'send') return { to: step.to, path: `${at}.to` }
  for (const [inner, list] of innerSteps(step)) {
    const call = certainCall(list, at + inner, targets)
    if (call !== null) return call
  }
  return null
}

interface CallPlace {
  readonly to: string
  readonly path: string
  readonly waits: boolean
}

/** `a.x → b.x → a.x`; a long way is cut. */
function wayText(circle: readonly string[]): string {
  const [start = ''] = circle
  const shown = circle.length > mostShown ? [...circle.slice(0, mostShown), '…'] : circle
  return [...shown, start].join(' → ')
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

function warnOfWaiting(
  nodes: ReadonlyMap<string, Node>,
  next: Graph,
  candidates: ReadonlySet<string>,
  warn: Complain,
): void {
  const seen = new Set<string>()
  for (const name of next.keys()) {
    const circle = candidates.has(name) && !seen.has(name) ? shortestCircle(name, next) : null
    for (const member of circle ?? []) seen.add(member)
    if (circle !== null) warnOfCircle(circle, nodes, warn)
  }
}

/** By operation, the operations that it calls, those that are left out aside. */
function graphOf(nodes: ReadonlyMap<string, Node>, leftOut: ReadonlySet<string>, onlyWaiting: boolean): Graph {
  const next = new Map<string, readonly string[]>()
  for (const node of nodes.values()) {
    const calls = callsOf(node).filter((call) => (call.waits || !onlyWaiting) && nodes.has(call.to))
    if (!leftOut.has(node.name)) next.set(node.name, [...new Set(calls.map((call) => call.to))])
  }
  return next
}

/** A circle that a request leaves more slowly than it multiplies never comes to rest. */
function warnOfGrowth(nodes: ReadonlyMap<string, Node>, endless: ReadonlySet<string>, warn: Complain): void {
  const members = [...onOrBetweenCircles(graphOf(nodes, endless, false))]
  const growth = growthOfCalls(new Map(members.map((name) => [name, nodes.get(name)?.operation.steps ?? []] as const)))
  const path = growth === null ? undefined : nodes.get(growth.operation)?.path
  if (growth === null || path === undefined || growth.rate < 1 - 1e-9) return
  const rate = Number(growth.rate.toPrecision(3))
  warn(
    path,
    `calls go in a circle in which each is followed by ${rate} on average, so one request causes ever more of them`,
  )
}

function warnOfCircle(circle: readonly string[], nodes: ReadonlyMap<string, Node>, warn: Complain): void {
  const bounded = circle
    .map((name) => nodes.get(name))
    .find((node) => node !== undefined && node.service.threads !== null)
  if (bounded === undefined) return
  const call = callsOf(bounded).find(({ to, waits }) => waits && circle.includes(to))
  const { id, threads } = bounded.service
  const way = wayText(circle)
  warn(
    call?.path ?? bounded.path,
    `calls may go in a circle, ${way}: if all ${threads} threads of an instance of "${id}" wait in it, they wait forever`,
  )
}

/** Operations that hold a thread of their service while they wait for another operation of it. */
function warnOfOwnThreads(
  nodes: ReadonlyMap<string, Node>,
  next: Graph,
  circles: ReadonlySet<string>,
  warn: Complain,
): void {
  const returning = onOrBetweenCircles(serviceGraph(nodes, next))
  for (const node of nodes.values()) {
    const { id, threads } = node.service
    if (threads === null || circles.has(node.name) || !returning.has(id)) continue
    const leadsBack = (name: string): boolean => name !== node.name && nodes.get(name)?.service === node.service
    const way = shortestWay(node.name, next, leadsBack)
    const call = callsOf(node).find(({ to, waits }) => waits && to === way?.[1])
    if (way !== null && call !== undefined)
      warn(
        call.path,
        `calls lead back to "${id}", ${way.join(' → ')}: if all ${threads} threads of an instance of it wait there, they wait forever`,
      )
  }
}

/** By service, the services that its operations call. */
function serviceGraph(nodes: ReadonlyMap<string, Node>, next: Graph): Graph {
  const services = new Map<string, string[]>()
  for (const [name, calls] of next) {
    const id = nodes.get(name)?.service.id ?? ''
    const known = services.get(id) ?? []
    services.set(id, known)
    for (const to of calls) known.push(nodes.get(to)?.service.id ?? '')
  }
  return services
}
