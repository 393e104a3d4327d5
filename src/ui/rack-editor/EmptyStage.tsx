import { Icon } from '../widgets/Icon'
import { usePage } from '../widgets/page-context'

/** What an empty stage shows: three slots of the least rack, and other ways to begin. */
export function EmptyStage() {
  const { commands } = usePage()
  const add = (kind: string) => () => {
    commands.run(`build.add-${kind}`)
  }
  return (
    <div className="stage-hud empty-stage">
      <div className="ghost-rack">
        <button type="button" className="ghost-slot" data-drop="nic" onClick={add('nic')}>
          <Icon name="source" />
          <b>1</b> A source needs a NIC
        </button>
        <button type="button" className="ghost-slot" data-drop="cpu" onClick={add('cpu')}>
          <Icon name="cpu" />
          <b>2</b> A CPU pool
        </button>
        <button type="button" className="ghost-slot" data-drop="switch" onClick={add('switch')}>
          <Icon name="switch" />
          <b>3</b> A switch
        </button>
      </div>
      <p className="dim">
        Press a slot, drag a pool here, or press <span className="key">A</span> and then <span className="key">C</span>{' '}
        <span className="key">M</span> <span className="key">G</span> <span className="key">N</span>{' '}
        <span className="key">S</span>
      </p>
      <div className="row empty-ways">
        {[
          ['file.gallery', 'Start from an example'],
          ['file.open', 'Open a file or link'],
          ['file.import', 'Import traces'],
        ].map(([id = '', words]) =>
          commands.get(id) === undefined ? null : (
            <button
              key={id}
              type="button"
              className="btn"
              onClick={() => {
                commands.run(id)
              }}
            >
              {words}
            </button>
          ),
        )}
      </div>
    </div>
  )
}
