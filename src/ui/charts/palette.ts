/** The design tokens as a canvas needs them, read once per theme. */
export interface Palette {
  readonly wait: string
  readonly compute: string
  readonly memory: string
  readonly network: string
  readonly accel: string
  readonly switch: string
  readonly waitSoft: string
  readonly computeSoft: string
  readonly memorySoft: string
  readonly networkSoft: string
  readonly accelSoft: string
  readonly stage: string
  readonly panel: string
  readonly track: string
  readonly line: string
  readonly line2: string
  readonly edge: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly alert: string
  readonly font: string
  /** Fills with the phase's pattern. */
  readonly patterns: {
    readonly wait: Fill
    readonly memory: Fill
    readonly network: Fill
    readonly accel: Fill
    readonly warm: Fill
  }
}

export type Fill = string | CanvasPattern

/** Colors of the phases in their order: wait, compute, memory, network, accelerator. */
export const phaseColors = (palette: Palette): readonly string[] => [
  palette.wait,
  palette.compute,
  palette.memory,
  palette.network,
  palette.accel,
]

/** @param scale device pixels per CSS pixel, so that patterns stay crisp */
export function readPalette(element: Element, scale: number): Palette {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const wait = token('wait')
  const memory = token('memory')
  const network = token('network')
  const accel = token('accel')
  const patterns = {
    wait: stripes(wait, token('wait-soft'), scale),
    memory: lines(memory, token('memory-soft'), scale),
    network: dots(network, token('network-soft'), scale),
    accel: crosses(accel, token('accel-soft'), scale),
    warm: stripes(token('edge'), 'transparent', scale, 1),
  }
  return {
    wait,
    compute: token('compute'),
    memory,
    network,
    accel,
    switch: token('switch'),
    waitSoft: token('wait-soft'),
    computeSoft: token('compute-soft'),
    memorySoft: token('memory-soft'),
    networkSoft: token('network-soft'),
    accelSoft: token('accel-soft'),
    stage: token('stage'),
    panel: token('panel'),
    track: token('track'),
    line: token('line'),
    line2: token('line-2'),
    edge: token('edge'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    alert: token('alert'),
    font: token('font-ui'),
    patterns,
  }
}

type Draw = (context: CanvasRenderingContext2D) => void

/** A repeating tile of `width` x `height` CSS pixels. */
function tile(width: number, height: number, scale: number, ground: string, draw: Draw): Fill {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (context === null) return ground
  context.scale(canvas.width / width, canvas.height / height)
  context.fillStyle = ground
  context.fillRect(0, 0, width, height)
  draw(context)
  const pattern = context.createPattern(canvas, 'repeat')
  pattern?.setTransform(new DOMMatrix().scale(width / canvas.width, height / canvas.height))
  return pattern ?? ground
}

/** Diagonals that rise to the right, as the CSS gradients of the legend do. */
function stripes(color: string, ground: string, scale: number, width = 2): Fill {
  const side = 5.6569
  return tile(side, side, scale, ground, (context) => {
    context.strokeStyle = color
    context.lineWidth = width
    for (const shift of [-side, 0, side]) {
      context.beginPath()
      context.moveTo(shift - 1, side + 1)
      context.lineTo(shift + side + 1, -1)
      context.stroke()
    }
  })
}

function lines(color: string, ground: string, scale: number): Fill {
  return tile(3, 3, scale, ground, (context) => {
    context.fillStyle = color
    context.fillRect(0, 0, 3, 2)
  })
}

function dots(color: string, ground: string, scale: number): Fill {
  return tile(4, 4, scale, ground, (context) => {
    context.fillStyle = color
    context.beginPath()
    context.arc(2, 2, 1.35, 0, 2 * Math.PI)
    context.fill()
  })
}

function crosses(color: string, ground: string, scale: number): Fill {
  return tile(4, 4, scale, ground, (context) => {
    context.strokeStyle = color
    context.lineWidth = 1.2
    for (const [x1, y1, x2, y2] of [
      [-1, -1, 5, 5],
      [-1, 5, 5, -1],
    ] as const) {
      context.beginPath()
      context.moveTo(x1, y1)
      context.lineTo(x2, y2)
      context.stroke()
    }
  })
}
