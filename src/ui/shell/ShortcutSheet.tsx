import type { Command, CommandScope } from '../../app/commands/command'
import { Checkbox } from '../widgets/Checkbox'
import { Dialog } from '../widgets/Dialog'
import { KeyCaps } from '../widgets/KeyCaps'
import { usePage, useView } from '../widgets/page-context'

const SCOPE_NAMES: readonly { readonly scopes: readonly CommandScope[]; readonly name: string }[] = [
  { scopes: ['global'], name: 'Everywhere' },
  { scopes: ['build', 'move'], name: 'Stage, while building' },
  { scopes: ['stage'], name: 'Stage' },
  { scopes: ['run'], name: 'Stage and timeline, while running' },
  { scopes: ['timeline'], name: 'Timeline' },
  { scopes: ['table'], name: 'Tables and lists' },
]

/** Every shortcut, by where it counts; what has the focus now comes first. */
export function ShortcutSheet() {
  const page = usePage()
  const singleKeys = useView((state) => state.singleKeys)
  const commands = page.commands.list().filter((command) => command.keys.length > 0)
  return (
    <Dialog
      title="Shortcuts"
      className="shortcut-sheet"
      onClose={() => {
        page.view.setState({ dialog: 'none' })
      }}
    >
      <div className="sect">
        <Checkbox
          id="single-keys"
          checked={singleKeys}
          onChange={(isOn) => {
            page.view.setState({ singleKeys: isOn })
          }}
        >
          Letters alone are shortcuts
        </Checkbox>
        <p className="dim note">Everything can also be done through the outline’s menus and Find or do.</p>
      </div>
      <div className="shortcut-groups">
        {SCOPE_NAMES.map(({ scopes, name }) => (
          <Group key={name} name={name} commands={commands.filter((command) => scopes.includes(command.scope))} />
        ))}
      </div>
    </Dialog>
  )
}

function Group({ name, commands }: { readonly name: string; readonly commands: readonly Command[] }) {
  if (commands.length === 0) return null
  return (
    <section>
      <h3>{name}</h3>
      <dl>
        {commands.map((command) => (
          <div key={command.id}>
            <dt>{command.title}</dt>
            <dd>
              {command.keys.slice(0, 2).map((keys) => (
                <KeyCaps key={keys} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
