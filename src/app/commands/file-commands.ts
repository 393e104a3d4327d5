import type { FileActions } from '../file-actions'
import type { Command } from './command'

/** Everything about files and links, for menus, palette and keys. */
export function fileCommands(actions: FileActions): readonly Command[] {
  const common = { scope: 'global', group: 'File', keys: [] } as const
  return [
    { ...common, id: 'file.new', title: 'New empty scenario', run: actions.opener.empty },
    { ...common, id: 'file.open', title: 'Open or import a file', keys: ['Ctrl+O'], run: () => actions.show('open') },
    { ...common, id: 'file.import', title: 'Import traces', run: () => actions.show('open') },
    { ...common, id: 'file.gallery', title: 'Open the gallery', run: () => actions.show('gallery') },
    {
      ...common,
      id: 'file.saveVersion',
      title: 'Save a named version',
      keys: ['Ctrl+S'],
      run: () => actions.show('versions'),
    },
    { ...common, id: 'file.versions', title: 'Versions and documents', run: () => actions.show('versions') },
    { ...common, id: 'file.download', title: 'Download the scenario as JSON', run: actions.downloadScenario },
    { ...common, id: 'file.export', title: 'Export results', keys: ['G E'], run: () => actions.show('export') },
    { ...common, id: 'file.share', title: 'Share a link', keys: ['G S'], run: () => actions.show('share') },
  ]
}
