import type { DocumentPath, JsonObject } from '../../app/document-path'
import { operationNames } from '../../app/edit-application'
import { useDocument } from '../widgets/page-context'
import { AttemptRows } from './AttemptRows'
import { DistributionRows } from './DistributionRows'
import { stepFields } from './form-fields'
import { EngineWorkRows } from './EngineWorkRows'
import { KernelRows } from './KernelRows'
import { KindChecks } from './KindChecks'
import { ChoiceRow, PlaceRow } from './PlaceRow'
import { StepBranches } from './StepBranches'
import { StepOptions } from './StepOptions'
import type { Steps } from './steps-component'
import { WorkRows } from './WorkRows'

interface StepFormProps {
  readonly path: DocumentPath
  readonly step: JsonObject
  readonly kind: string
  /** Given by the list, which opens this form and is opened by it again. */
  readonly list: Steps
}

/** Devices that steps of a kind can be sent to, the one that is meant mostly first. */
const offloadKinds: { readonly [kind: string]: readonly string[] } = {
  compute: ['cpu', 'nic', 'memory'],
  kernel: ['gpu', 'nic', 'cpu'],
}

/** Everything that can be said of one step. */
export function StepForm({ path, step, kind, list }: StepFormProps) {
  const document = useDocument((state) => state.document)
  return (
    <div className="fields step-form">
      {kind === 'compute' ? <WorkRows path={path} step={step} /> : null}
      {kind === 'delay' ? <DistributionRows label="Time" unit="ns" path={[...path, 'timeNs']} /> : null}
      {kind === 'call' || kind === 'send' ? (
        <ChoiceRow
          label="To"
          path={[...path, 'to']}
          choices={operationNames(document).map((name) => ({ value: name, label: name }))}
        />
      ) : null}
      {(stepFields[kind] ?? []).map((info) => (
        <PlaceRow key={info.name} info={info} path={[...path, info.name]} />
      ))}
      {kind === 'call' ? <AttemptRows path={[...path, 'attempts']} /> : null}
      {kind === 'compute' ? <EngineWorkRows path={path} /> : null}
      {kind === 'kernel' ? <KernelRows path={path} step={step} /> : null}
      {offloadKinds[kind] === undefined ? null : (
        <KindChecks label="Can run on" path={[...path, 'offload']} kinds={offloadKinds[kind]} otherwise={[]} />
      )}
      {kind === 'parallel' ? <StepBranches path={path} step={step} list={list} /> : null}
      {kind === 'choose' ? <StepOptions path={path} step={step} list={list} /> : null}
    </div>
  )
}
