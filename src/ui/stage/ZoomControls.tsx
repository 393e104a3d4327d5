import { usePage, useView } from '../widgets/page-context'
import { Button } from '../widgets/Button'

/** Zoom in, out, and fit, in the stage's corner. */
export function ZoomControls() {
  const { commands } = usePage()
  const percent = useView((state) => Math.round(state.camera.k * 100))
  const run = (id: string) => () => {
    commands.run(id)
  }
  return (
    <div className="stage-foot stage-hud" role="group" aria-label="Zoom">
      <Button icon="minus" look="quiet" size="small" label="Zoom out" onClick={run('stage.out')} />
      <span className="num zoom">{percent} %</span>
      <Button icon="plus" look="quiet" size="small" label="Zoom in" onClick={run('stage.in')} />
      <Button icon="fit" look="quiet" size="small" label="Fit" onClick={run('stage.fit')} />
    </div>
  )
}
