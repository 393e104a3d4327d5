import type { Palette } from '../charts/palette'

/** Small text that stays readable over whatever it stands on; its color is the fill in force. */
export function halo(context: CanvasRenderingContext2D, text: string, x: number, y: number, palette: Palette) {
  context.font = `10px ${palette.font}`
  context.lineWidth = 3
  context.strokeStyle = palette.panel
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
}
