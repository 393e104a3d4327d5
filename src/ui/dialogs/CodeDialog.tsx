import { useFiles, useFileState, takesFocus } from './file-context'
import { Button } from '../widgets/Button'
import { Dialog } from '../widgets/Dialog'

/** Shows the code that a scenario carries before any of it runs. */
export function CodeDialog() {
  const { code, close } = useFiles()
  const origin = useFileState((state) => state.origin)
  const carried = code.waiting()
  const what = origin === 'link' ? 'This link' : 'This scenario'
  return (
    <Dialog title={`${what} carries code`} onClose={close} className="file-dialog wide">
      <div className="file-body">
        <p>
          {what} brings {carried.length === 1 ? 'a policy' : 'policies'} of its own along, written by somebody in
          JavaScript. Nothing of it has run. It would run in a sandbox: it sees the simulated rack and nothing else, and
          cannot reach the network, this page or what is stored here.
        </p>
        {carried.map((one) => (
          <section key={one.kind} aria-label={`Code of the ${one.kind} policy`}>
            <h3>{one.kind}</h3>
            <pre className="mono file-scroll carried-code" tabIndex={0}>
              {one.code}
            </pre>
          </section>
        ))}
      </div>
      <div className="file-foot">
        <span className="grow" />
        <Button ref={takesFocus} onClick={close}>
          Open without running
        </Button>
        <Button look="primary" onClick={code.run}>
          Run
        </Button>
      </div>
    </Dialog>
  )
}
