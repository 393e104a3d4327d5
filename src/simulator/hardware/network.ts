/** One direction of one lane of one physical link, as the machine is built. */
export interface Channel {
  /** Index of the link in the document; `rank` is its place when link ids are sorted, for ties. */
  readonly link: number
  readonly rank: number
  readonly lane: number
  readonly lanes: number
  /** Vertices: devices and switches alike. */
  readonly from: number
  readonly to: number
  /** Gb/s; Infinity: no serialization time. */
  readonly gbps: number
  readonly propagationPs: number
  /** Infinity: unlimited. */
  readonly payloadBytes: number
  readonly headerBytes: number
  readonly lossless: boolean
  readonly paging: boolean
  /** How long a sender waits before it sends again what was lost here, ps. */
  readonly retransmitPs: number
}

export interface Vertex {
  /** What it adds to a packet that passes through, ps; -1: nothing passes through. */
  readonly forwardPs: number
  /** Sends a packet on when its header is in, not when all of it is. */
  readonly cutsThrough: boolean
  /** Bytes that an output port of it holds; Infinity: a sender's own queue. */
  readonly portBytes: number
}

/** Places joined by channels. Parallel lanes of one direction are two apart in `channels`. */
export interface Network {
  readonly vertices: readonly Vertex[]
  readonly channels: readonly Channel[]
}
