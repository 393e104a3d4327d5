import { useRef } from 'react'
import type { PointerEvent as ReactPointerEvent } from 'react'
import type { NodeKind } from '../../scenario/scenario'
import { KIND_ICON, KIND_TINT } from '../stage/stage-texts'
import { Icon } from '../widgets/Icon'
import { KeyCaps } from '../widgets/KeyCaps'
import { usePage } from '../widgets/page-context'
import { POOL_DROP } from './BuildStage'
import type { PoolDrop } from './BuildStage'

const POOLS: readonly { readonly kind: NodeKind; readonly words: string; readonly keys: string }[] = [
  { kind: 'cpu', words: 'CPU', keys: 'A C' },
  { kind: 'memory', words: 'Memory', keys: 'A M' },
  { kind: 'gpu', words: 'GPU', keys: 'A G' },
  { kind: 'nic', words: 'NIC or DPU', keys: 'A N' },
  { kind: 'switch', words: 'Switch', keys: 'A S' },
]

/** Pools to add: press, drag to the stage, or use the keys. */
export function Palette() {
  const { commands } = usePage()
  const wasDragged = useRef(false)
  return (
    <div className="sect palette">
      <div className="label palette-label" id="palette-label">
        Add a pool
      </div>
      <div role="group" aria-labelledby="palette-label">
        {POOLS.map(({ kind, words, keys }) => (
          <button
            key={kind}
            type="button"
            className="btn quiet addb"
            title={`Add: press, drag to the stage, or ${keys}`}
            onPointerDown={(event) => {
              wasDragged.current = false
              dragFrom(event, kind, () => {
                wasDragged.current = true
              })
            }}
            onClick={() => {
              if (!wasDragged.current) commands.run(`build.add-${kind}`)
            }}
          >
            <Icon name={KIND_ICON[kind]} tint={KIND_TINT[kind]} />
            {words}
            <span className="grow" />
            <KeyCaps keys={keys} />
          </button>
        ))}
      </div>
    </div>
  )
}

/** Carries a copy of the pressed button along; sends a drop when it is let go over the stage. */
function dragFrom(event: ReactPointerEvent<HTMLButtonElement>, kind: NodeKind, begun: () => void): void {
  if (event.button !== 0) return
  const start = { x: event.clientX, y: event.clientY }
  const source = event.currentTarget
  let ghost: HTMLElement | null = null
  const move = (at: PointerEvent): void => {
    if (ghost === null && Math.hypot(at.clientX - start.x, at.clientY - start.y) < 6) return
    if (ghost === null) {
      begun()
      ghost = document.createElement('div')
      ghost.className = 'drag-ghost'
      ghost.append(...[...source.childNodes].slice(0, 2).map((child) => child.cloneNode(true)))
      document.body.append(ghost)
    }
    ghost.style.transform = `translate(${at.clientX + 8}px, ${at.clientY + 8}px)`
  }
  const end = (at: PointerEvent): void => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', end)
    window.removeEventListener('pointercancel', end)
    if (ghost === null) return
    ghost.remove()
    const over = document.elementFromPoint(at.clientX, at.clientY)
    if (at.type !== 'pointerup' || over?.closest('.stage-ground') == null) return
    const detail: PoolDrop = { kind, clientX: at.clientX, clientY: at.clientY }
    document.dispatchEvent(new CustomEvent(POOL_DROP, { detail }))
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', end)
  window.addEventListener('pointercancel', end)
}
