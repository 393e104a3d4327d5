import { capture, reinstate, type Saved } from '../engine/plain-state'
import { SlotPool, growBytes, growFloat, growInt } from '../engine/slot-pool'

type Column = Float64Array | Int32Array | Uint8Array

/** A set of equally long typed columns behind a pool of handles; subclasses name their columns. */
export abstract class Columns {
  readonly pool = new SlotPool()
  protected capacity = 64

  /** Names of the columns. */
  protected abstract readonly fields: readonly string[]

  protected take(): number {
    const slot = this.pool.take()
    if (slot >= this.capacity) this.grow()
    return slot
  }

  private grow(): void {
    const columns = this as unknown as Record<string, Column>
    for (const field of this.fields) columns[field] = longer(columns[field], columns[field].length * 2)
    this.capacity *= 2
  }

  save(): Saved {
    const columns = this as unknown as Record<string, Column>
    return { ...capture(columns, this.fields), pool: this.pool.save(), capacity: this.capacity }
  }

  restore(saved: Saved): void {
    reinstate(this as unknown as Record<string, Column>, this.fields, saved)
    this.pool.restore(saved['pool'] as Saved)
    this.capacity = saved['capacity'] as number
  }
}

function longer(column: Column, length: number): Column {
  if (column instanceof Float64Array) return growFloat(column, length)
  return column instanceof Int32Array ? growInt(column, length) : growBytes(column, length)
}
