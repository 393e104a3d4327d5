import type { Json, ScenarioDocument } from '../scenario/scenario'
import { appendAt, freeId, getAt, isList, objectsAt, setAt, textOf } from './document-path'
import type { JsonObject } from './document-path'
import { idsAt, indexOfId, nodeIds } from './edit-topology'
import type { Added } from './edit-topology'

const SERVICES = ['application', 'services'] as const
const SOURCES = ['workload', 'sources'] as const

export const serviceIndex = (document: ScenarioDocument, id: string): number => indexOfId(document, SERVICES, id)
export const sourceIndex = (document: ScenarioDocument, id: string): number => indexOfId(document, SOURCES, id)

/** `kv.get` becomes its place; null when there is no such operation. */
export function operationPath(document: ScenarioDocument, name: string): (string | number)[] | null {
  const [service = '', operation = ''] = name.split('.')
  const at = serviceIndex(document, service)
  const path = [...SERVICES, at, 'operations']
  const index = objectsAt(document, path).findIndex((item) => item.id === operation)
  return at < 0 || index < 0 ? null : [...path, index]
}

/** `service.operation` of every operation, in order of the document. */
export function operationNames(document: ScenarioDocument): string[] {
  return objectsAt(document, SERVICES).flatMap((service) =>
    objectsAt(service, ['operations']).map((operation) => `${textOf(service.id)}.${textOf(operation.id)}`),
  )
}

export const newStep = (kind: string): JsonObject => {
  const call = { to: '', requestBytes: 256 }
  const steps: { readonly [kind: string]: JsonObject } = {
    compute: { do: 'compute', timeNs: { dist: 'exponential', mean: 100000 } },
    memory: { do: 'memory', access: 'read', bytes: 65536 },
    kernel: { do: 'kernel', flops: 1e9, bytes: 1e7, inputBytes: 100000, outputBytes: 4000, offload: ['gpu'] },
    call: { do: 'call', ...call, responseBytes: 1024 },
    send: { do: 'send', ...call },
    parallel: { do: 'parallel', branches: [[], []] },
    choose: {
      do: 'choose',
      options: [
        { probability: 0.5, steps: [] },
        { probability: 0.5, steps: [] },
      ],
    },
    delay: { do: 'delay', timeNs: { dist: 'constant', value: 1000000 } },
  }
  return steps[kind] ?? { do: kind }
}

/** Adds a service with one operation that computes 100 µs on average. */
export function addService(document: ScenarioDocument): Added {
  const id = freeId('service', idsAt(document, SERVICES))
  const service = { id, replicas: 1, operations: [{ id: 'work', steps: [newStep('compute')] }] }
  return { document: appendAt(document, SERVICES, service), id }
}

export function addOperation(document: ScenarioDocument, service: string): Added {
  const path = [...SERVICES, serviceIndex(document, service), 'operations']
  const taken = objectsAt(document, path).map((item) => textOf(item.id))
  const id = freeId('operation', taken)
  return { document: appendAt(document, path, { id, steps: [newStep('compute')] }), id: `${service}.${id}` }
}

/** Adds a source of 1,000 requests a second at the first operation, through the first NIC pool if there is one. */
export function addSource(document: ScenarioDocument): Added {
  const id = freeId('users', idsAt(document, SOURCES))
  const nic = objectsAt(document, ['topology', 'nodes']).find((node) => node.kind === 'nic')
  const bytes = nic === undefined ? {} : { requestBytes: 256, responseBytes: 1024 }
  const source = {
    id,
    entry: operationNames(document)[0] ?? '',
    via: nic === undefined ? null : textOf(nic.id),
    ...bytes,
    arrivals: { process: 'poisson', ratePerSecond: 1000 },
  }
  return { document: appendAt(document, SOURCES, source), id }
}

export function removeService(document: ScenarioDocument, id: string): ScenarioDocument {
  return setAt(
    document,
    SERVICES,
    objectsAt(document, SERVICES).filter((service) => service.id !== id),
  )
}

export function removeSource(document: ScenarioDocument, id: string): ScenarioDocument {
  return setAt(
    document,
    SOURCES,
    objectsAt(document, SOURCES).filter((source) => source.id !== id),
  )
}

export function removeOperation(document: ScenarioDocument, name: string): ScenarioDocument {
  const path = operationPath(document, name)
  return path === null ? document : setAt(document, path, undefined)
}

/** An order to migrate the first instance of the first service to the first CPU pool, halfway through the run. */
export function addOrder(document: ScenarioDocument): ScenarioDocument {
  const cpu = objectsAt(document, ['topology', 'nodes']).find((node) => node.kind === 'cpu')
  const duration = getAt(document, ['run', 'durationSeconds'])
  const service = idsAt(document, SERVICES)[0] ?? ''
  return appendAt(document, ['policies', 'orders'], {
    atSeconds: typeof duration === 'number' ? duration / 2 : 0.05,
    do: 'migrate',
    service,
    instance: 0,
    to: { node: textOf(cpu?.id), device: 0 },
    mechanism: 'pre-copy',
  })
}

/** A fault that takes the first node down for a tenth of the run. */
export function addFault(document: ScenarioDocument): ScenarioDocument {
  const duration = getAt(document, ['run', 'durationSeconds'])
  const seconds = typeof duration === 'number' ? duration : 0.1
  const node = nodeIds(document)[0] ?? ''
  return appendAt(document, ['faults'], {
    atSeconds: seconds / 2,
    target: { node, device: 0 },
    effect: 'down',
    forSeconds: seconds / 10,
  })
}

export const listLength = (document: ScenarioDocument, path: readonly string[]): number => {
  const list: Json | undefined = getAt(document, path)
  return isList(list) ? list.length : 0
}
