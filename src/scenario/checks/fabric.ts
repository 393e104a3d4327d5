import type { Link, TopologyNode } from '../scenario'

/** Which nodes reach each other over links; messages pass through switches and NIC pools, not through other pools. */
export class Fabric {
  private readonly parents = new Map<string, string>()
  /** By node, the parts of the fabric that it is linked to. */
  private readonly parts = new Map<string, string[]>()
  private readonly direct = new Set<string>()

  constructor(
    private readonly nodes: ReadonlyMap<string, TopologyNode | null>,
    links: readonly Link[],
  ) {
    const known = links.filter((link) => nodes.has(link.from) && nodes.has(link.to))
    for (const link of known) if (this.passes(link.from) && this.passes(link.to)) this.join(link.from, link.to)
    for (const link of known) {
      this.direct.add(pair(link.from, link.to)).add(pair(link.to, link.from))
      if (this.passes(link.to)) this.attach(link.from, link.to)
      if (this.passes(link.from)) this.attach(link.to, link.from)
    }
  }

  /** Whether some device of one node reaches some other device of the other. */
  reaches(from: string, to: string): boolean {
    if (from === to && this.nodes.get(from)?.count === 1) return true
    if (this.direct.has(pair(from, to))) return true
    const there = this.partsOf(to)
    return this.partsOf(from).some((part) => there.includes(part))
  }

  private passes(id: string): boolean {
    const kind = this.nodes.get(id)?.kind
    return kind === 'switch' || kind === 'nic'
  }

  private partsOf(id: string): readonly string[] {
    const linked = this.parts.get(id) ?? []
    return this.passes(id) ? [...linked, this.root(id)] : linked
  }

  private attach(id: string, to: string): void {
    const root = this.root(to)
    const parts = this.parts.get(id)
    if (parts === undefined) this.parts.set(id, [root])
    else if (!parts.includes(root)) parts.push(root)
  }

  private join(one: string, other: string): void {
    this.parents.set(this.root(one), this.root(other))
  }

  private root(id: string): string {
    let top = id
    for (let next = this.parents.get(top); next !== undefined && next !== top; next = this.parents.get(top)) top = next
    if (top !== id) this.parents.set(id, top)
    return top
  }
}

function pair(from: string, to: string): string {
  return `${from} ${to}`
}
