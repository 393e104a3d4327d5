import { useId } from 'react'
import { textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { nodeIds } from '../../app/edit-topology'
import { Field } from '../widgets/Field'
import { NumberField } from '../widgets/NumberField'
import { Select } from '../widgets/Select'
import { useDocument } from '../widgets/page-context'
import { usePlace } from './use-edit'

interface DeviceRowsProps {
  readonly path: DocumentPath
  readonly label: string
  /** One device, never the whole pool. */
  readonly isOne?: boolean
}

/** For a choice of nodes and devices. */
export function DeviceRows({ path, label, isOne = false }: DeviceRowsProps) {
  const id = useId()
  const document = useDocument((state) => state.document)
  const { value: node, set: setNode, problem } = usePlace([...path, 'node'], label)
  const { value: device, set: setDevice } = usePlace([...path, 'device'], `${label} device`)
  return (
    <>
      <Field label={label} htmlFor={id} problem={problem}>
        <Select
          id={id}
          value={textOf(node)}
          isBad={problem !== undefined}
          choices={nodeIds(document).map((one) => ({ value: one, label: one }))}
          onChange={setNode}
        />
      </Field>
      <Field label="Device" htmlFor={`${id}-device`}>
        <NumberField
          id={`${id}-device`}
          value={typeof device === 'number' || device === null ? device : undefined}
          placeholder="0"
          nullMeans={isOne ? undefined : 'all'}
          isInteger
          minimum={0}
          onChange={setDevice}
        />
      </Field>
    </>
  )
}
