import type { Link, TopologyNode } from '../scenario'
import type { Complain, Draft, Names } from './draft'

/** Warns of pools joined directly whose counts do not divide, so that some devices share a wire's end and others do not. */
export function checkUneven(draft: Draft, names: Names, warn: Complain): void {
  for (const [index, link] of draft.topology.links.entries()) {
    const text = unevenText(link, names)
    if (text !== null) warn(`topology.links[${index}]`, text)
  }
}

function unevenText(link: Link, names: Names): string | null {
  const ends = [names.nodes.get(link.from), names.nodes.get(link.to)]
  if (!ends.every((node) => (node?.kind ?? 'switch') !== 'switch')) return null
  const [more, less] = (ends as TopologyNode[]).sort((a, b) => b.count - a.count)
  if (more === undefined || less === undefined || more.count % less.count === 0) return null
  const fewest = Math.floor(more.count / less.count)
  const crowded = more.count % less.count
  return (
    `it joins ${more.count} devices of ${more.id} directly to ${less.count} of ${less.id}, device i to device i mod ${less.count}: ` +
    `${devices(less.id, 0, crowded)} ${crowded === 1 ? 'has' : 'have'} ${fewest + 1} of them, ${devices(less.id, crowded, less.count)} ${fewest}. ` +
    `Give ${more.id} a multiple of ${less.count} devices, or join both pools to a switch, so that each reaches all`
  )
}

/** `mem.0`, or `mem.0 to mem.2` */
function devices(id: string, first: number, end: number): string {
  return end - first === 1 ? `${id}.${first}` : `${id}.${first} to ${id}.${end - 1}`
}
