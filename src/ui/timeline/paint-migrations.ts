import { migrationSpan } from '../../app/decision-pick'
import type { MigrationRow } from '../../simulator/result'
import type { Plot } from '../charts/canvas-plot'
import type { Palette } from '../charts/palette'
import { microsText } from '../charts/quantity-text'
import type { TimeScale } from '../charts/time-axis'
import { halo } from './halo-text'
import type { Lane } from './lane-model'

type Context = CanvasRenderingContext2D

interface MigrationsPicture {
  readonly migrations: readonly MigrationRow[]
  readonly simulatedPs: number
}

/** Rounds as boxes, the downtime as a block, and what it came to in words. */
export function paintMigrations(plot: Plot, scale: TimeScale, lane: Lane, picture: MigrationsPicture) {
  const { context, palette } = plot
  const y = lane.top + 6.5
  let textEnd = -Infinity
  for (const migration of picture.migrations) {
    if (migration.outcome === 'refused') continue
    const span = migrationSpan(migration, picture.simulatedPs)
    if (scale(span.endPs) < 0 || scale(span.startPs) > plot.width) continue
    migration.detail.forEach((round, at) => {
      if (round.live) roundBox(context, scale(round.startPs), scale(round.endPs), y, `r${at + 1}`, palette)
    })
    paintDowntime(context, migration, scale, lane, palette)
    const x = scale(span.endPs) + 8
    if (x < textEnd) continue
    context.textAlign = 'left'
    context.fillStyle = palette.ink2
    const down = Number.isFinite(migration.downtimeUs) ? ` · down ${microsText(migration.downtimeUs)}` : ''
    const text = `${migration.service}.${migration.instance} → ${migration.to}${down}`
    halo(context, text, x, y + 9, palette)
    textEnd = x + context.measureText(text).width + 8
  }
}

function roundBox(context: Context, start: number, end: number, y: number, text: string, palette: Palette) {
  const width = Math.max(1, end - start - 1)
  context.fillStyle = palette.track
  context.fillRect(start, y, width, 11)
  context.strokeStyle = palette.ink3
  context.lineWidth = 1
  context.strokeRect(start, y, width, 11)
  if (width < 14) return
  context.font = `10px ${palette.font}`
  context.textAlign = 'center'
  context.fillStyle = palette.ink
  context.fillText(text, start + width / 2, y + 9)
}

/** Stop to resume: a solid block with a red edge, never thinner than 3 px. */
function paintDowntime(
  context: Context,
  { stopPs, resumePs }: MigrationRow,
  scale: TimeScale,
  lane: Lane,
  palette: Palette,
) {
  if (!Number.isFinite(stopPs)) return
  const x = scale(stopPs)
  const end = Number.isFinite(resumePs) ? scale(resumePs) : x
  context.fillStyle = palette.ink
  context.fillRect(x, lane.top + 4, Math.max(3, end - x), 16)
  context.fillStyle = palette.alert
  context.fillRect(x - 1, lane.top + 2, 2, 20)
}
