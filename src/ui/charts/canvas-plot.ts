import { readPalette, type Palette } from './palette'

export interface Plot {
  readonly context: CanvasRenderingContext2D
  readonly palette: Palette
  /** CSS px */
  readonly width: number
  readonly height: number
  /** Device pixels per CSS px. */
  readonly scale: number
}

const palettes = new WeakMap<HTMLCanvasElement, { theme: string; scale: number; palette: Palette }>()

/** Readies a canvas of the size it has on the page, cleared, in CSS px; null before it has a size. */
export function openPlot(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
): Plot | null {
  const context = canvas.getContext('2d')
  const scale = Math.min(2, window.devicePixelRatio || 1)
  const { width, height } = size
  if (context === null || width <= 0 || height <= 0) return null
  const pixelWidth = Math.round(width * scale)
  const pixelHeight = Math.round(height * scale)
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth
    canvas.height = pixelHeight
  }
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, height)
  return { context, palette: paletteOf(canvas, scale), width, height, scale }
}

function paletteOf(canvas: HTMLCanvasElement, scale: number): Palette {
  const theme = document.documentElement.dataset.theme ?? ''
  const known = palettes.get(canvas)
  if (known?.theme === theme && known.scale === scale) return known.palette
  const palette = readPalette(canvas, scale)
  palettes.set(canvas, { theme, scale, palette })
  return palette
}

/** Calls back when the theme of the page changes. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => {
    observer.disconnect()
  }
}

/** Calls back with the size of an element, now and whenever it changes. */
export function onResize(element: Element, listener: (size: { width: number; height: number }) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) listener({ width: entry.contentRect.width, height: entry.contentRect.height })
  })
  observer.observe(element)
  return () => {
    observer.disconnect()
  }
}
