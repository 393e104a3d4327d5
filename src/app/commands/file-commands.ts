import type { FileActions } from '../file-actions'
import type { Command } from './command'

/** What can be done with the document without a dialog; the dialogs are among the commands of the shell. */
export function fileCommands(actions: Pick<FileActions, 'downloadScenario'>): readonly Command[] {
  return [
    {
      id: 'file.download',
      title: 'Download the scenario',
      keys: [],
      scope: 'global',
      group: 'Everywhere',
      run: actions.downloadScenario,
    },
  ]
}
