import { isList, isObject, numberOf, textOf } from '../../app/document-path'
import type { JsonObject } from '../../app/document-path'
import type { Json } from '../../scenario/scenario'
import { Button } from '../widgets/Button'
import { NumberField } from '../widgets/NumberField'
import { Select } from '../widgets/Select'

interface EnginesFieldProps {
  readonly id: string
  readonly value: Json
  readonly onChange: (value: Json) => void
}

/** What an engine can be for. */
export const ENGINE_WORKS = ['serialization', 'compression', 'crypto'] as const
const fresh = { work: 'crypto', bandwidthGBps: 10 }

/** The fixed-function engines of a NIC, one row each: what it does, and how fast. */
export function EnginesField({ id, value, onChange }: EnginesFieldProps) {
  const engines: readonly JsonObject[] = isList(value) ? value.filter(isObject) : []
  const change = (at: number, part: JsonObject): void => {
    onChange(engines.map((engine, i) => (i === at ? { ...engine, ...part } : engine)))
  }
  return (
    <div className="engines">
      {engines.map((engine, at) => (
        <div key={at} className="engine-row" role="group" aria-label={`Engine ${at + 1}`}>
          <Select
            id={`${id}-${at}`}
            label={`Work of engine ${at + 1}`}
            value={textOf(engine.work)}
            choices={ENGINE_WORKS.map((work) => ({ value: work, label: work }))}
            onChange={(work) => {
              change(at, { work })
            }}
          />
          <NumberField
            id={`${id}-${at}-rate`}
            label={`Bandwidth of engine ${at + 1}, GB/s`}
            unit="GB/s"
            value={numberOf(engine.bandwidthGBps, 0)}
            minimum={0}
            onChange={(next) => {
              if (typeof next === 'number') change(at, { bandwidthGBps: next })
            }}
          />
          <Button
            icon="cross"
            look="quiet"
            size="small"
            label={`Delete engine ${at + 1}`}
            onClick={() => {
              onChange(engines.filter((_, i) => i !== at))
            }}
          />
        </div>
      ))}
      <Button
        id={id}
        size="small"
        icon="plus"
        label="Add an engine"
        onClick={() => {
          onChange([
            ...engines,
            { ...fresh, work: ENGINE_WORKS.find((work) => engines.every((one) => one.work !== work)) ?? fresh.work },
          ])
        }}
      >
        Engine
      </Button>
    </div>
  )
}
