/**
 * Numbers of a row of members, kept so that the least is found in steps that grow with the logarithm of how many there
 * are: a complete binary tree whose nodes hold the least of what is below.
 */
export class LeastTree {
  /** A power of two; member `i` is at `leaves + i`, the root at 1. */
  private readonly leaves: number
  private readonly tree: Float64Array

  /** All members are out at first: Infinity. */
  constructor(size: number) {
    let leaves = 1
    while (leaves < size) leaves *= 2
    this.leaves = leaves
    this.tree = new Float64Array(2 * leaves).fill(Infinity)
  }

  /** @param value Infinity: the member is out */
  set(member: number, value: number): void {
    const { tree } = this
    let at = this.leaves + member
    tree[at] = value
    while (at > 1) {
      const least = Math.min(tree[at], tree[at ^ 1])
      at >>= 1
      if (tree[at] === least) return
      tree[at] = least
    }
  }

  /** The first member from `start` on, then from 0 on, that has the least; -1: all are out. */
  firstLeast(start: number): number {
    if (this.tree[1] === Infinity) return -1
    const found = start < this.leaves ? this.firstFrom(start) : -1
    return found >= 0 ? found : this.firstFrom(0)
  }

  private firstFrom(start: number): number {
    const { tree } = this
    const least = tree[1]
    let at = this.leaves + start
    while (tree[at] !== least) {
      while ((at & 1) === 1) at >>= 1 // out of right children: nothing further right below that parent
      if (at === 0) return -1
      at += 1
    }
    while (at < this.leaves) at = tree[2 * at] === least ? 2 * at : 2 * at + 1
    return at - this.leaves
  }
}
