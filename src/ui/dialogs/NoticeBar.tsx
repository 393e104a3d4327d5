import { Button } from '../widgets/Button'
import { Icon } from '../widgets/Icon'
import type { NoticeAction } from '../../stores/file-store'
import { useFiles, useFileState } from './file-context'

const words: { readonly [action in NoticeAction]: string } = {
  gallery: 'Open the gallery',
  open: 'Open a file',
  'put-back': 'Put it back',
  download: 'Download the scenario',
}

/** Something that is true of the whole page: a link that could not be opened, a document that was not saved. */
export function NoticeBar() {
  const actions = useFiles()
  const notice = useFileState((state) => state.notice)
  const run: { readonly [action in NoticeAction]: () => void } = {
    gallery: () => actions.show('gallery'),
    open: () => actions.show('open'),
    'put-back': actions.putBack,
    download: actions.downloadScenario,
  }
  const isProblem = notice?.tone === 'problem'
  return (
    <div className="file-notice" role={isProblem ? 'alert' : 'status'}>
      {notice === null ? null : (
        <div className={`ribbon${isProblem ? ' bad' : ''}`}>
          <Icon name={isProblem ? 'warn' : 'info'} {...(isProblem ? { tint: 'alert' as const } : {})} />
          <div className="msg">
            <p className="b">{notice.title}</p>
            <ProblemLines lines={notice.lines} />
          </div>
          {notice.actions.map((action) => (
            <Button
              key={action}
              size="small"
              onClick={() => {
                actions.closeNotice()
                run[action]()
              }}
            >
              {words[action]}
            </Button>
          ))}
          <Button icon="cross" look="quiet" size="small" label="Close this notice" onClick={actions.closeNotice} />
        </div>
      )}
    </div>
  )
}

/** Lines as the command line prints them; only the first ones where there are very many. */
export function ProblemLines({ lines }: { readonly lines: readonly string[] }) {
  const rest = lines.length - MOST_LINES
  return (
    <ul className="file-lines">
      {lines.slice(0, MOST_LINES).map((line, index) => (
        <li key={index}>{line}</li>
      ))}
      {rest > 0 ? <li className="dim">and {rest} more</li> : null}
    </ul>
  )
}

const MOST_LINES = 50
