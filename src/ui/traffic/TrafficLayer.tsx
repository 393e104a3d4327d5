import { useEffect, useRef } from 'react'
import type { LayerName, TrafficPainter } from './traffic-painter'

/** One canvas of the painter, as large as the stage. React mounts it and leaves it alone. */
export function TrafficLayer({ painter, layer }: { readonly painter: TrafficPainter; readonly layer: LayerName }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    painter.attach(layer, canvas.current)
    painter.invalidate()
    return () => {
      painter.attach(layer, null)
    }
  }, [painter, layer])
  return <canvas ref={canvas} className="traffic" aria-hidden="true" />
}
