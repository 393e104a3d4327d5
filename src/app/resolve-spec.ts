import type { Catalog, HardwareInfo } from '../scenario/catalog'
import type { Json, NodeKind } from '../scenario/scenario'
import { isObject, textOf } from './document-path'
import type { JsonObject } from './document-path'

/** What is set in a `spec` (or a link) by itself; a spec may be a preset's name alone. */
export function ownFields(spec: Json | undefined): JsonObject {
  return isObject(spec) ? spec : {}
}

/** Name of the preset that a spec builds on; '' for the plain one. */
export const presetOf = (spec: Json | undefined): string =>
  typeof spec === 'string' ? spec : textOf(ownFields(spec).preset)

/** Values that hold where nothing is set: the kind's defaults, overlaid by the preset and, for links, by the protocol. */
export function presetValues(catalog: Catalog, kind: NodeKind | 'link', preset: string, protocol = ''): JsonObject {
  const info: HardwareInfo = catalog.hardware[kind]
  const plain = Object.fromEntries(info.fields.map((field) => [field.name, field.default]))
  const chosen = info.presets.find((one) => one.name === preset)?.values ?? {}
  const name = protocol === '' ? textOf(chosen.protocol, 'cxl') : protocol
  const rules = kind === 'link' ? catalog.protocols.find((one) => one.name === name) : undefined
  const byProtocol =
    rules === undefined
      ? {}
      : {
          protocol: rules.name,
          payloadBytes: rules.payloadBytes,
          headerBytes: rules.headerBytes,
          lossless: rules.lossless,
          access: rules.access,
          bandwidthGbps: rules.bandwidthGbps,
          propagationNs: rules.propagationNs,
        }
  return { ...plain, ...byProtocol, ...chosen }
}

/** Every field's value in force. */
export function resolveFields(catalog: Catalog | null, kind: NodeKind | 'link', spec: Json | undefined): JsonObject {
  const own = ownFields(spec)
  if (catalog === null) return own
  return { ...presetValues(catalog, kind, presetOf(spec), textOf(own.protocol)), ...own }
}
