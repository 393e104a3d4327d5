import { useEffect, useRef, useState } from 'react'
import type { ShareLink } from '../../app/file-actions'
import type { LinkKind } from '../../app/share-link'
import { Button } from '../widgets/Button'
import { Dialog } from '../widgets/Dialog'
import { Icon, type IconName } from '../widgets/Icon'
import { Segmented } from '../widgets/Segmented'
import { useDocument } from '../widgets/page-context'
import { useFiles } from './file-context'

const kinds = [
  { id: 'scenario', label: 'Link' },
  { id: 'moment', label: 'Link to this moment' },
  { id: 'branch', label: 'Link to this branch' },
] as const

const promises: { readonly [kind in LinkKind]: string } = {
  scenario: 'Opens the scenario as an unsaved copy.',
  moment: 'Opens the scenario as an unsaved copy, with the playhead where it stands and what is selected.',
  branch: 'Opens the scenario as an unsaved copy, runs it, and branches from the same moment with the same change.',
}

/** The scenario as a link. Opening this dialog computes the link here; it stores and sends nothing. */
export function ShareDialog() {
  const actions = useFiles()
  const [hasBranch] = useState(actions.hasBranch)
  const [kind, setKind] = useState<LinkKind>(hasBranch ? 'branch' : 'scenario')
  const [link, setLink] = useState<ShareLink | null>(null)
  const document = useDocument((state) => state.document)
  useEffect(() => {
    let isWanted = true
    void actions.link(kind).then((made) => {
      if (isWanted) setLink(made)
    })
    return () => {
      isWanted = false
    }
  }, [actions, kind, document])
  return (
    <Dialog title="Share" onClose={actions.close} className="file-dialog">
      <div className="file-body">
        <p>Nothing is uploaded. The link itself contains the scenario: whoever has it can read it.</p>
        <Segmented
          name="What to share"
          options={kinds.filter(({ id }) => id !== 'branch' || hasBranch)}
          current={kind}
          onChange={setKind}
        />
        <p className="dim">{promises[kind]}</p>
        {link === null ? null : <LinkRow link={link} />}
      </div>
      <div className="file-foot">
        <Button onClick={actions.downloadScenario} icon="export">
          Download .json
        </Button>
      </div>
    </Dialog>
  )
}

function LinkRow({ link }: { readonly link: ShareLink }) {
  const field = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  if (link.length.grade === 'too-long') return <LengthLine link={link} />
  const copy = async (): Promise<void> => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(link.address)
      setSaid('Copied')
    } catch {
      setSaid('The browser did not allow copying. The link is selected: press Ctrl C.')
    }
  }
  return (
    <>
      <div className="row">
        <span className="field grow">
          <input
            ref={field}
            className="val mono"
            readOnly
            aria-label="Link"
            aria-describedby="share-length"
            value={link.address}
            onFocus={(event) => {
              event.target.select()
            }}
          />
        </span>
        <Button look="primary" icon="link" autoFocus onClick={() => void copy()}>
          Copy link
        </Button>
      </div>
      <LengthLine link={link} />
      <p role="status" className="dim">
        {said}
      </p>
    </>
  )
}

const gradeIcons: { readonly [grade in ShareLink['length']['grade']]: IconName } = {
  everywhere: 'check',
  browsers: 'info',
  desktop: 'warn',
  'too-long': 'cross',
}

function LengthLine({ link }: { readonly link: ShareLink }) {
  const { characters, grade, text } = link.length
  return (
    <p id="share-length" className="row" data-grade={grade}>
      <Icon name={gradeIcons[grade]} />
      <span>
        {characters.toLocaleString('en-US')} <span className="u">characters:</span> {text}
      </span>
    </p>
  )
}
