/**
 * Where a command's keys count. `global`: everywhere but in text fields. `stage`: while the stage has the keyboard, in
 * any view; `build` and `run`: there too, but only in that view; `move`: while something is moved by keys, before all
 * others. `timeline` and `table`: while one of them has it.
 */
export type CommandScope = 'global' | 'stage' | 'build' | 'move' | 'run' | 'timeline' | 'table'

/** One thing that a person can ask for. Menus, palette, shortcuts, tooltips and help are made from these. */
export interface Command {
  readonly id: string
  /** In the imperative: "Add a CPU pool". */
  readonly title: string
  /**
   * `Ctrl+K`, `Shift+1`, `F6`, `ArrowLeft`; keys pressed one after another are separated by a space: `A C`.
   * `Ctrl` is the command key on a Mac. The first entry is the one that is shown.
   */
  readonly keys: readonly string[]
  readonly scope: CommandScope
  /** Heading in the palette and the sheet. */
  readonly group: string
  /** Whether it can be done now; always when left out. */
  readonly when?: () => boolean
  readonly run: () => void
  /** Left out of the palette: keys that only make sense where they are pressed. */
  readonly hidden?: boolean
}
