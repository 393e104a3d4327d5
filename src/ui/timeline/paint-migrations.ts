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

/** Moves that go on at the same time. */
interface Cluster {
  readonly first: MigrationRow
  readonly migrations: MigrationRow[]
  readonly startPs: number
  endPs: number
}

/** Rounds as boxes, the downtime as a block, and what it came to in words; of moves at the same time all together. */
export function paintMigrations(plot: Plot, scale: TimeScale, lane: Lane, picture: MigrationsPicture) {
  const { context, palette } = plot
  const y = lane.top + 6.5
  let textEnd = -Infinity
  for (const cluster of clusters(picture)) {
    const { migrations, startPs, endPs } = cluster
    if (scale(endPs) < 0 || scale(startPs) > plot.width) continue
    for (const migration of migrations)
      migration.detail.forEach((round, at) => {
        const name = migrations.length === 1 ? `r${at + 1}` : ''
        if (round.live) roundBox(context, scale(round.startPs), scale(round.endPs), y, name, palette)
      })
    for (const migration of migrations) paintDowntime(context, migration, scale, lane, palette)
    const x = scale(endPs) + 8
    if (x < textEnd) continue
    context.textAlign = 'left'
    context.fillStyle = palette.ink2
    const text = wordsOf(cluster)
    halo(context, text, x, y + 9, palette)
    textEnd = x + context.measureText(text).width + 8
  }
}

function clusters({ migrations, simulatedPs }: MigrationsPicture): Cluster[] {
  const found: Cluster[] = []
  const inOrder = migrations
    .filter(({ outcome }) => outcome !== 'refused')
    .map((migration) => ({ migration, span: migrationSpan(migration, simulatedPs) }))
    .sort((a, b) => a.span.startPs - b.span.startPs)
  for (const { migration, span } of inOrder) {
    const last = found.at(-1)
    if (last !== undefined && span.startPs <= last.endPs) {
      last.migrations.push(migration)
      last.endPs = Math.max(last.endPs, span.endPs)
    } else found.push({ first: migration, migrations: [migration], ...span })
  }
  return found
}

function wordsOf({ first, migrations }: Cluster): string {
  const downtimes = migrations.map(({ downtimeUs }) => downtimeUs).filter(Number.isFinite)
  const most = downtimes.length === 0 ? '' : microsText(Math.max(...downtimes))
  if (migrations.length > 1) return `${migrations.length} moves at once${most === '' ? '' : ` · down at most ${most}`}`
  return `${first.service}.${first.instance} → ${first.to}${most === '' ? '' : ` · down ${most}`}`
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
