/** By name, the names that follow it. */
export type Graph = ReadonlyMap<string, readonly string[]>

/**
 * The largest set of names of which each one belongs to it by the rule.
 *
 * @param dependents by name, those whose belonging may hang on it
 */
export function largestSet(
  names: readonly string[],
  belongs: (name: string, set: ReadonlySet<string>) => boolean,
  dependents: Graph,
): ReadonlySet<string> {
  const set = new Set(names)
  const queue = [...names]
  for (const name of queue) {
    if (!set.has(name) || belongs(name, set)) continue
    set.delete(name)
    for (const dependent of dependents.get(name) ?? []) queue.push(dependent)
  }
  return set
}

/** The same edges, seen from where they lead. */
export function reversed(next: Graph): Graph {
  const before = new Map<string, string[]>()
  for (const [name, list] of next) {
    for (const to of list) {
      const known = before.get(to)
      if (known === undefined) before.set(to, [name])
      else known.push(name)
    }
  }
  return before
}

/** Names from which ways go on without end and to which they come without end; mostly there are none. */
export function onOrBetweenCircles(next: Graph): ReadonlySet<string> {
  const before = reversed(next)
  const leadsInto = (graph: Graph) => (name: string, set: ReadonlySet<string>) =>
    (graph.get(name) ?? []).some((other) => set.has(other))
  const goesOn = largestSet([...next.keys()], leadsInto(next), before)
  return largestSet([...goesOn], leadsInto(before), next)
}

/** The names on the shortest way from one back to itself; null where there is none. */
export function shortestCircle(start: string, next: Graph): readonly string[] | null {
  return shortestWay(start, next, (name) => name === start)?.slice(0, -1) ?? null
}

/** The shortest way from a name along the edges to one that is its end, with both; null where none leads there. */
export function shortestWay(start: string, next: Graph, isEnd: (name: string) => boolean): readonly string[] | null {
  const from = new Map<string, string>()
  const queue = [start]
  for (const name of queue) {
    for (const to of next.get(name) ?? []) {
      if (isEnd(to)) return [...wayBack(name, start, from), to]
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
    way.push(name)
  }
  return way.reverse()
}
