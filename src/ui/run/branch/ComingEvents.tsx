import { useState } from 'react'
import { getAt, numberOf, objectsAt, setAt, textOf } from '../../../app/document-path'
import type { JsonObject } from '../../../app/document-path'
import { faultText, orderText } from '../../../app/event-text'
import { idsAt } from '../../../app/edit-topology'
import type { Json, ScenarioDocument } from '../../../scenario/scenario'
import { instantText } from '../../charts/quantity-text'
import { FaultInspector } from '../../inspector/FaultInspector'
import { OrderInspector } from '../../inspector/OrderInspector'
import { useApply } from '../../inspector/use-edit'
import { Button } from '../../widgets/Button'
import { useDocument } from '../../widgets/page-context'

interface ComingEventsProps {
  readonly list: 'orders' | 'faults'
  readonly atPs: number
}

/** Orders or faults that are still to come: to be left out, changed or added. */
export function ComingEvents({ list, atPs }: ComingEventsProps) {
  const path = list === 'orders' ? ['policies', 'orders'] : ['faults']
  const document = useDocument((state) => state.document)
  const apply = useApply()
  const [open, setOpen] = useState(-1)
  const events = objectsAt(document, path)
  const coming = [...events.keys()].filter((i) => numberOf(events[i]?.atSeconds, 0) * 1e12 >= atPs)
  const one = list === 'orders' ? 'order' : 'fault'
  const isOpen = open >= 0 && getAt(document, [...path, open]) !== undefined
  return (
    <>
      <div className="sect">
        <ul className="plain-list">
          {coming.map((i) => (
            <li key={i} className="row">
              <button
                type="button"
                className="link-btn grow"
                aria-expanded={isOpen && open === i}
                onClick={() => {
                  setOpen(open === i ? -1 : i)
                }}
              >
                {eventText(list, events[i] ?? {})}
              </button>
              <Button
                size="small"
                look="quiet"
                icon="trash"
                label={`Leave out ${one} ${i + 1}`}
                onClick={() => {
                  setOpen(-1)
                  apply(`leave out a ${one}`, (before) => setAt(before, [...path, i], undefined))
                }}
              />
            </li>
          ))}
        </ul>
        {coming.length === 0 && <p className="dim">None to come.</p>}
        <Button
          size="small"
          icon="plus"
          className="start"
          onClick={() => {
            const seconds = Math.ceil(atPs / 1e3) / 1e9
            apply(`add a ${one}`, (before) =>
              setAt(
                before,
                [...path, events.length],
                list === 'orders' ? newOrder(before, seconds) : newFault(before, seconds),
              ),
            )
            setOpen(events.length)
          }}
        >
          Add {list === 'orders' ? 'an order' : 'a fault'}
        </Button>
      </div>
      {isOpen && (list === 'orders' ? <OrderInspector index={open} /> : <FaultInspector index={open} />)}
    </>
  )
}

function eventText(list: ComingEventsProps['list'], event: JsonObject): string {
  const when = instantText(numberOf(event.atSeconds, 0) * 1e12)
  return `${when}: ${list === 'orders' ? orderText(event) : faultText(event)}`
}

function newOrder(document: ScenarioDocument, atSeconds: number): Json {
  const service = idsAt(document, ['application', 'services'])[0] ?? ''
  return { atSeconds, do: 'migrate', service, instance: 0, to: { node: firstCpu(document), device: 0 } }
}

function newFault(document: ScenarioDocument, atSeconds: number): Json {
  return { atSeconds, target: { node: firstCpu(document), device: 0 }, effect: 'slow', factor: 2, forSeconds: null }
}

function firstCpu(document: ScenarioDocument): string {
  const nodes = objectsAt(document, ['topology', 'nodes'])
  return textOf((nodes.find((node) => node.kind === 'cpu') ?? nodes[0])?.id)
}
