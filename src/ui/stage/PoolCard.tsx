import { memo, useMemo } from 'react'
import type { DrawnNode } from '../../app/read-stage'
import { CARD_WIDTH, HEADER_HEIGHT, layoutCard } from './card-layout'
import type { Cell, DeviceRow, Rect } from './card-layout'
import type { StageNode } from './stage-topology'
import {
  cardFact,
  cardTitle,
  channelFact,
  deviceFact,
  fittingFact,
  footerFact,
  KIND_ICON,
  KIND_TINT,
} from './stage-texts'

/** A run of slabs that belongs to one instance. */
export interface SlabLease {
  readonly firstSlab: number
  readonly slabs: number
  /** Number of the instance: owners in turn are drawn in different patterns. */
  readonly owner: number
}

interface PoolCardProps {
  readonly node: StageNode
  readonly drawn: DrawnNode
  /** build: what the devices are. run: empty tracks, for the painter to fill. */
  readonly mode: 'build' | 'run'
  /** Instances per device index, for the chips; only while building. */
  readonly instances: ReadonlyMap<number, readonly string[]>
  /** Leased slabs per device index; only while building. */
  readonly leases: ReadonlyMap<number, readonly SlabLease[]>
}

/** A pool's card, drawn at the origin. What changes while a run is played is left empty for the painter. */
export const PoolCard = memo(function PoolCard({ node, drawn, mode, instances, leases }: PoolCardProps) {
  const body = useMemo(() => layoutCard(node, 0, 0), [node])
  const tint = KIND_TINT[node.kind]
  const title = clip(cardTitle(drawn), 18)
  return (
    <>
      <rect x={0.5} y={0.5} width={CARD_WIDTH - 1} height={body.height - 1} rx={6} className="card" />
      <g className="lod-full">
        <svg className={`i s-${tint}`} x={12} y={8} width={16} height={16}>
          <use href={`#i-${KIND_ICON[node.kind]}`} />
        </svg>
        <text x={36} y={20} className="t-title">
          {title}
          <tspan className="t-count" dx={6}>
            ×{node.count}
          </tspan>
        </text>
        <text x={CARD_WIDTH - 12} y={20} className="t-2 t-end">
          {fittingFact(title, node.count, cardFact(drawn))}
        </text>
      </g>
      <g className="lod-bars">
        <svg className={`i s-${tint}`} x={10} y={4} width={24} height={24} viewBox="0 0 16 16">
          <use href={`#i-${KIND_ICON[node.kind]}`} />
        </svg>
        <text x={44} y={25} className="t-large">
          {clip(cardTitle(drawn), 12)}
        </text>
      </g>
      <path d={`M0 ${HEADER_HEIGHT}.5h${CARD_WIDTH}`} className="hairline" />
      {body.deviceRows.map((row, i) => (
        <g key={row.device} data-device={`${node.id}.${row.device}`}>
          {i > 0 && row.height > 40 && node.kind !== 'memory' ? (
            <path d={`M12 ${row.y - 0.5}h${CARD_WIDTH - 24}`} className="hairline lod-full" />
          ) : null}
          {node.kind === 'memory' ? (
            <MemoryDevice row={row} drawn={drawn} mode={mode} leases={leases.get(row.device) ?? []} />
          ) : (
            <CoreDevice row={row} drawn={drawn} mode={mode} />
          )}
          <InstanceChips row={row} names={instances.get(row.device) ?? []} />
        </g>
      ))}
      {body.strip === null ? null : <Strip strip={body.strip} count={node.count} mode={mode} />}
      {body.footer === null ? null : <Footer footer={body.footer} drawn={drawn} />}
    </>
  )
})

const clip = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

interface DeviceProps {
  readonly row: DeviceRow
  readonly drawn: DrawnNode
  readonly mode: 'build' | 'run'
}

function CoreDevice({ row, drawn, mode }: DeviceProps) {
  const showsTrack = mode === 'run' || drawn.kind === 'nic'
  return (
    <>
      <text x={row.x} y={row.valueAnchor.y} className="t-b lod-full">
        {row.device}
      </text>
      <path d={cellsPath(row.coreCells)} className="core-idle" />
      {row.coreCells.length === 0 && row.coreArea.width > 0 ? (
        <rect {...place(row.coreArea)} rx={1} className="track" />
      ) : null}
      {showsTrack ? <rect {...place(row.utilBar)} rx={1} className="track" /> : null}
      {row.engineCells.map((cell, i) => (
        <rect
          key={i}
          x={cell.x + 0.5}
          y={cell.y + 0.5}
          width={cell.size - 1}
          height={cell.size - 1}
          rx={3}
          className="core-idle"
        />
      ))}
      {mode === 'run' ? null : (
        <text x={row.valueAnchor.x} y={row.valueAnchor.y} className="t-2 t-end lod-full">
          {deviceFact(drawn)}
        </text>
      )}
    </>
  )
}

function MemoryDevice({ row, drawn, mode, leases }: DeviceProps & { readonly leases: readonly SlabLease[] }) {
  return (
    <>
      <text x={row.x} y={row.y + 14} className="t-b lod-full">
        {row.device}
      </text>
      {mode === 'run' ? null : (
        <g className="lod-full">
          <text x={row.x + 24} y={row.y + 14} className="t-2">
            {channelFact(drawn)}
          </text>
          <text x={row.valueAnchor.x} y={row.valueAnchor.y} className="t-2 t-end">
            {deviceFact(drawn)}
          </text>
        </g>
      )}
      <path d={cellsPath(row.slabCells)} className="core-idle" />
      {leases.map((lease, i) => (
        <path key={i} d={cellsPath(leasedCells(row, lease))} className={`lease lease-${lease.owner % 3}`} />
      ))}
      {row.coreArea.height > 0 ? <NearCores row={row} /> : null}
      {row.channelBars.map((bar, i) => (
        <rect key={i} {...place(bar)} rx={1} className="track" />
      ))}
    </>
  )
}

/** Cores that stand beside the memory's channels. */
function NearCores({ row }: { readonly row: DeviceRow }) {
  return (
    <>
      <text x={row.x} y={row.coreArea.y + row.coreArea.height / 2 + 3.5} className="t-micro t-2 lod-full">
        cores
      </text>
      <path d={cellsPath(row.coreCells)} className="core-idle" />
      {row.coreCells.length === 0 ? <rect {...place(row.coreArea)} rx={1} className="track" /> : null}
    </>
  )
}

/** Cells that hold at least one slab of a lease. */
function leasedCells(row: DeviceRow, lease: SlabLease): readonly Cell[] {
  const first = Math.floor(lease.firstSlab / row.slabsPerCell)
  const end = Math.ceil((lease.firstSlab + lease.slabs) / row.slabsPerCell)
  return row.slabCells.slice(first, end)
}

function InstanceChips({ row, names }: { readonly row: DeviceRow; readonly names: readonly string[] }) {
  if (row.chips.height === 0) return null
  const fit = Math.floor((row.chips.width + 5) / 42)
  const shown = names.length > fit ? names.slice(0, fit - 1) : names
  return (
    <g className="lod-full">
      {shown.map((name, i) => (
        <g key={name}>
          <rect
            x={row.chips.x + i * 42 + 0.5}
            y={row.chips.y + 0.5}
            width={36}
            height={14}
            rx={3}
            className="chip-box"
          />
          <text x={row.chips.x + i * 42 + 18.5} y={row.chips.y + 11} className="t-micro t-b t-mid">
            {name}
          </text>
        </g>
      ))}
      {names.length > shown.length ? (
        <text x={row.chips.x + shown.length * 42 + 2} y={row.chips.y + 11} className="t-micro t-2">
          +{names.length - shown.length}
        </text>
      ) : null}
    </g>
  )
}

function Strip({
  strip,
  count,
  mode,
}: {
  readonly strip: Rect
  readonly count: number
  readonly mode: 'build' | 'run'
}) {
  return (
    <>
      <rect {...place(strip)} rx={2} className="track" />
      {mode === 'run' ? null : (
        <text x={strip.x + strip.width / 2} y={strip.y + strip.height / 2 + 4} className="t-2 t-mid lod-full">
          {count.toLocaleString('en-US')} devices
        </text>
      )}
    </>
  )
}

function Footer({ footer, drawn }: { readonly footer: Rect; readonly drawn: DrawnNode }) {
  const hasSources = drawn.sources.length > 0
  return (
    <g className="lod-full">
      {hasSources ? (
        <svg className="i s-ink2" x={footer.x} y={footer.y + 4} width={14} height={14}>
          <use href="#i-source" />
        </svg>
      ) : null}
      <text x={footer.x + (hasSources ? 20 : 0)} y={footer.y + 15} className="t-micro t-2">
        {clip(footerFact(drawn), 40)}
      </text>
    </g>
  )
}

const place = ({ x, y, width, height }: Rect): Rect => ({ x, y, width, height })

/** Outlines of cells as one path: a card of 128 cells stays one element. */
function cellsPath(cells: readonly Cell[]): string {
  return cells.map(({ x, y, size }) => `M${x + 0.5} ${y + 0.5}h${size - 1}v${size - 1}h${1 - size}z`).join('')
}
