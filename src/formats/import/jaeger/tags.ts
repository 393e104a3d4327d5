import { isFields, listOf, numberOf, textOf } from './fields'

/** The tags of a span or a process; the first of each name counts. */
export type Tags = ReadonlyMap<string, unknown>

const peerTags = [
  'peer.service',
  'db.name',
  'db.system',
  'db.type',
  'messaging.system',
  'server.address',
  'net.peer.name',
  'peer.hostname',
  'peer.address',
]
const hostTags = ['hostname', 'host.name', 'k8s.pod.name', 'service.instance.id', 'ip']
const requestTags = [
  'http.request_content_length',
  'http.request.body.size',
  'rpc.request.size',
  'message.uncompressed_size',
  'message.compressed_size',
]
const responseTags = ['http.response_content_length', 'http.response.body.size', 'rpc.response.size']

export function readTags(value: unknown): Tags {
  const tags = new Map<string, unknown>()
  for (const item of listOf(value)) {
    const key = isFields(item) ? textOf(item['key']) : null
    if (key !== null && isFields(item) && !tags.has(key)) tags.set(key, item['value'])
  }
  return tags
}

/** CLIENT, SERVER, PRODUCER, CONSUMER, INTERNAL or another word in capitals; null without a tag. */
export function kindOf(tags: Tags): string | null {
  return textOf(tags.get('span.kind'))?.toUpperCase() ?? null
}

/** Whether the tag `error` is true; a text such as the error's name is not. */
export function isErrorOf(tags: Tags): boolean {
  const error = tags.get('error')
  return error === true || (typeof error === 'string' && error.toLowerCase() === 'true')
}

export function peerOf(tags: Tags): string | null {
  return firstText(tags, peerTags)
}

export function hostOf(tags: Tags): string | null {
  return firstText(tags, hostTags)
}

export function requestBytesOf(tags: Tags): number | null {
  return firstSize(tags, requestTags)
}

export function responseBytesOf(tags: Tags): number | null {
  return firstSize(tags, responseTags)
}

function firstText(tags: Tags, names: readonly string[]): string | null {
  return names.map((name) => textOf(tags.get(name))).find((value) => value !== null) ?? null
}

function firstSize(tags: Tags, names: readonly string[]): number | null {
  const size = names.map((name) => numberOf(tags.get(name))).find((value) => value !== null) ?? null
  return size !== null && size >= 0 ? size : null
}
