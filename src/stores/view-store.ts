import { createStore, type StoreApi } from 'zustand/vanilla'

export type View = 'build' | 'run' | 'compare' | 'learn' | 'validation'
export type Theme = 'light' | 'dark' | 'system'
export type ScenarioTab = 'topology' | 'app' | 'load' | 'policies'

/** Something that is selected, by its ids in the scenario. */
export interface Selection {
  readonly type:
    | 'node'
    | 'link'
    | 'rack'
    | 'service'
    | 'operation'
    | 'source'
    | 'policies'
    | 'order'
    | 'fault'
    | 'run'
    | 'scenario'
    | 'request'
    | 'decision'
    | 'device'
    | 'instance'
  /** `cpu`, `kv.get`, a policy kind, an order's or fault's position, a request's number … */
  readonly id: string
}

/** Stage coordinates to pixels of the stage: pixel = stage x k + (x, y). */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly k: number
}

/** What the next press or key on the stage is about. */
export type StageMode =
  | { readonly name: 'rest' }
  /** Arrows move; `undoOnCancel` when the element was just added. */
  | { readonly name: 'move'; readonly ids: readonly string[]; readonly fresh: boolean }
  /** The other end is being looked for. */
  | { readonly name: 'link'; readonly from: string }

/** How the document is looked at; nothing here changes a result. */
export interface ViewState {
  readonly view: View
  readonly selection: Selection | null
  /** Every selected node and link when there are several; empty otherwise. */
  readonly group: readonly Selection[]
  /** The element of the stage that has the keyboard. */
  readonly focused: Selection | null
  readonly mode: StageMode
  readonly camera: Camera
  /** The whole rack was last fitted into the stage and the camera not moved by hand since: it stays fitted. */
  readonly isFitted: boolean
  /** Size of the stage in px. */
  readonly viewport: { readonly width: number; readonly height: number }
  readonly theme: Theme
  readonly tab: ScenarioTab
  /** The case that the Validation view shows; null: all at a glance. */
  readonly caseId: string | null
  readonly panels: { readonly left: boolean; readonly right: boolean }
  /** Whether single letters are shortcuts. */
  readonly singleKeys: boolean
  /** On a phone a document is viewed first; editing begins with a copy. */
  readonly canEdit: boolean
  readonly dialog: 'none' | 'palette' | 'shortcuts' | 'branch'
  /** The newest sentence for the live region; the number tells equal sentences apart. */
  readonly announcement: { readonly text: string; readonly number: number }
}

export type ViewStore = StoreApi<ViewState>

const initialView: ViewState = {
  view: 'build',
  selection: null,
  group: [],
  focused: null,
  mode: { name: 'rest' },
  camera: { x: 0, y: 0, k: 1 },
  isFitted: true,
  viewport: { width: 832, height: 720 },
  theme: 'system',
  tab: 'topology',
  caseId: null,
  panels: { left: true, right: true },
  singleKeys: true,
  canEdit: true,
  dialog: 'none',
  announcement: { text: '', number: 0 },
}

export function createViewStore(): ViewStore {
  return createStore<ViewState>(() => initialView)
}
