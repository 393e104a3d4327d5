import type { Terminal } from './terminal'

const WIDTH = 32

/** A bar that is drawn over itself; draws nothing where nobody watches. */
export interface ProgressBar {
  /** @param fraction 0 to 1 */
  readonly show: (fraction: number) => void
  /** Wipes the bar away. */
  readonly clear: () => void
}

export function progressBar(terminal: Terminal, isQuiet: boolean): ProgressBar {
  if (isQuiet || !terminal.isWatched) return { show: () => undefined, clear: () => undefined }
  let shown = -1
  return {
    show: (fraction) => {
      const percent = Math.floor(Math.min(Math.max(fraction, 0), 1) * 100)
      if (percent === shown) return
      shown = percent
      terminal.tell(`\r${barText(percent)}`)
    },
    clear: () => {
      if (shown >= 0) terminal.tell(`\r${' '.repeat(barText(100).length)}\r`)
    },
  }
}

function barText(percent: number): string {
  const filled = Math.round((percent * WIDTH) / 100)
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${String(percent).padStart(3)} %`
}
