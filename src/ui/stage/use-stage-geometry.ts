import { useMemo } from 'react'
import { readStage } from '../../app/read-stage'
import type { DrawnTopology } from '../../app/read-stage'
import { useCatalog, useDocument } from '../widgets/page-context'
import { placeNodes } from './auto-layout'
import type { Placements } from './auto-layout'
import { layoutStage } from './geometry'
import type { Point, StageGeometry } from './geometry'
import { stageTopologyOfDrawing } from './read-topology'
import type { StageTopology } from './stage-topology'

interface StageLayout {
  readonly drawing: DrawnTopology
  readonly topology: StageTopology
  readonly places: Placements
  readonly geometry: StageGeometry
}

/** The document's rack, laid out; `moved` nodes stand elsewhere for as long as they are dragged. */
export function useStageLayout(moved?: ReadonlyMap<string, Point>): StageLayout {
  const document = useDocument((state) => state.document)
  const catalog = useCatalog((state) => state.catalog)
  const still = useMemo(() => {
    const drawing = readStage(document, catalog)
    const topology = stageTopologyOfDrawing(drawing)
    const places = placeNodes(topology)
    return { drawing, topology, places, geometry: layoutStage(topology, places) }
  }, [document, catalog])
  const geometry = useMemo(() => {
    if (moved === undefined) return still.geometry
    return layoutStage(still.topology, new Map([...still.places, ...moved]), still.geometry)
  }, [still, moved])
  return { ...still, geometry }
}
