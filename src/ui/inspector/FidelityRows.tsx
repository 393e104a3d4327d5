import { useId } from 'react'
import { FIDELITIES } from '../../app/fidelity-words'
import { Button } from '../widgets/Button'
import { usePage } from '../widgets/page-context'
import { usePlace } from './use-edit'

const otherwise = 'burst'

/** How finely traffic is simulated: three choices, each with what it means and where its error is measured. */
export function FidelityRows() {
  const id = useId()
  const { commands } = usePage()
  const { value, set, problem } = usePlace(['run', 'fidelity'], 'fidelity')
  const chosen = typeof value === 'string' ? value : otherwise
  return (
    <fieldset className="fidelity">
      <legend>Fidelity</legend>
      {FIDELITIES.map((each) => (
        <label key={each.id} className={`fidelity-choice${each.id === chosen ? ' on' : ''}`}>
          <input
            type="radio"
            name={id}
            value={each.id}
            checked={each.id === chosen}
            aria-label={each.name}
            aria-describedby={`${id}-${each.id}`}
            onChange={() => {
              set(each.id === otherwise ? undefined : each.id)
            }}
          />
          <span className="b">{each.name}</span>
          <span className="dim" id={`${id}-${each.id}`}>
            {each.what}
          </span>
        </label>
      ))}
      {problem === undefined ? null : <p className="fld-problem">{problem}</p>}
      <Button
        size="small"
        look="quiet"
        icon="right"
        className="start"
        onClick={() => {
          commands.run('validation.fidelity')
        }}
      >
        Measured errors and speeds
      </Button>
    </fieldset>
  )
}
