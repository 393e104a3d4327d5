import type { Catalog, HardwareInfo } from '../catalog'
import { protocolValues } from '../reading/spec'
import type { Json } from '../scenario'
import { compactObject, eachItem, isObject, type JsonObject } from './object'

/** Racks, nodes and links without what their presets and protocols say already. */
export function compactTopology(topology: Json, catalog: Catalog): Json {
  return compactObject(topology, {
    order: ['racks', 'nodes', 'links'],
    defaults: { racks: [], nodes: [], links: [] },
    inner: {
      nodes: eachItem((node) => compactNode(node, catalog)),
      links: eachItem((link) => compactLink(link, catalog)),
    },
  })
}

function compactNode(node: Json, catalog: Catalog): Json {
  const kind = isObject(node) ? Object.values(catalog.hardware).find((info) => info.kind === node.kind) : undefined
  return compactObject(node, {
    order: ['id', 'kind', 'count', 'rack', 'label', 'at', 'spec'],
    defaults: { count: 1, spec: {} },
    inner: { spec: (spec) => (kind === undefined ? spec : compactSpec(spec, kind)) },
  })
}

/** Only what differs from the preset; its bare name where nothing does. */
function compactSpec(spec: Json, info: HardwareInfo): Json {
  if (spec === 'plain') return {}
  if (!isObject(spec)) return spec
  const fields = compactObject(spec, {
    order: ['preset', ...info.fields.map((field) => field.name)],
    defaults: { ...plainValues(info), ...presetValues(spec, info), preset: 'plain' },
  })
  const [only, ...others] = Object.keys(fields ?? {})
  return only === 'preset' && others.length === 0 && typeof spec.preset === 'string' ? spec.preset : fields
}

function compactLink(link: Json, catalog: Catalog): Json {
  if (!isObject(link)) return link
  const info = catalog.hardware.link
  const preset = presetValues(link, info)
  const { protocol, ...plain } = plainValues(info)
  return compactObject(link, {
    order: ['id', 'label', 'preset', 'from', 'to', ...info.fields.map((field) => field.name)],
    defaults: { ...plain, ...protocolValues(catalog, link.protocol ?? preset.protocol ?? protocol), ...preset },
  })
}

function plainValues(info: HardwareInfo): JsonObject {
  return Object.fromEntries(info.fields.map((field) => [field.name, field.default]))
}

function presetValues(spec: JsonObject, info: HardwareInfo): JsonObject {
  return info.presets.find((preset) => preset.name === spec.preset)?.values ?? {}
}
