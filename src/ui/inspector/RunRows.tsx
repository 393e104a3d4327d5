import { FidelityRows } from './FidelityRows'
import { runCostFields, runFields } from './form-fields'
import { PlaceRow } from './PlaceRow'

/** How long, how often and how finely it is simulated, and what turns energy and prices into the cost of requests. */
export function RunRows() {
  return (
    <>
      <div className="sect fields">
        <h2>Run</h2>
        {runFields.map((info) => (
          <PlaceRow key={info.name} info={info} path={['run', info.name]} />
        ))}
      </div>
      <div className="sect">
        <FidelityRows />
      </div>
      <div className="sect fields">
        <h2>Cost of requests</h2>
        {runCostFields.map((info) => (
          <PlaceRow key={info.name} info={info} path={['run', info.name]} />
        ))}
      </div>
    </>
  )
}
