/** One move of an instance, as plain data; times in ps, sizes in bytes. */
export interface MigrationState {
  instance: number
  from: number
  to: number
  mechanism: string
  start: number
  /** NaN until then. */
  stop: number
  resume: number
  /** When nothing of it was left on the old host; NaN until then. */
  end: number
  /** Local memory taken at the target, and to be given back at the old host; bytes. */
  held: number
  /** Payload of all sends so far, and rounds while the instance ran. */
  bytes: number
  rounds: number
  outcome: string
  /** What is being sent: its size, what has not entered the first port, how many chunks are under way. */
  volume: number
  left: number
  inFlight: number
  roundStart: number
  /** 0: none, 1: on its way there, 2: on its way back. */
  handshake: number
  /** 1: it has stopped on a GPU where launches of it still run; what is to be sent then waits for their end. */
  draining: number
  detail: { startPs: number; endPs: number; bytes: number; live: boolean }[]
}

export interface MigrationSettings {
  readonly downtimeTargetPs: number
  readonly maxRounds: number
  readonly stopWhenNotShrinking: boolean
}

/** What a mechanism knows of a move. */
export interface MoverFigures {
  readonly settings: MigrationSettings
  /** Payload rate of the route, bytes per ps. */
  readonly rate: number
  /** How long after the narrowest hop has worked off a round its last packet arrives on an idle way, ps. */
  readonly lastPacketPs: number
  /** One small message each way on an idle way, ps. */
  readonly handshakePs: number
  /** On a GPU: until the launches of the instance have ended that run now, ps. */
  readonly drainPs: number
  /** What a full copy takes, bytes. */
  readonly stateBytes: number
  readonly contextBytes: number
  /** What the cache of far memory holds that the pool has not got yet, bytes. */
  readonly dirtyCachedBytes: number
  readonly dirtyBytesPerPs: number
  readonly writableBytes: number
}

/** What a mechanism may do with the move it carries out. */
export interface Mover extends MoverFigures {
  /** Sends `bytes`; `sent` of the mechanism is asked when all have arrived, at once if there are none. */
  send(bytes: number): void
  /** Stops the instance. */
  stop(): void
  /** Hands over: one small message each way, then the instance goes on at the target. */
  handOver(): void
  /** The instance runs at the target; pages that it misses are fetched from the old host, the others follow in order. */
  pushBehind(bytes: number): void
  /** Its cache of far memory starts anew, with so many bytes in it. */
  coolCache(bytes: number): void
  /** Nothing is left on the old host. */
  complete(): void
}

/** What a mechanism is told of an instance, to say whether it can move it; bytes. */
export interface Movable {
  readonly name: string
  readonly stateBytes: number
  readonly localBytes: number
  readonly leasedBytes: number
  readonly onGpu: boolean
}

/** How an instance moves. */
export interface Mechanism {
  readonly name: string
  readonly summary: string
  /** Why it cannot move an instance; null or left out: it can. */
  refusal?(instance: Movable): string | null
  begin(move: MigrationState, mover: Mover): void
  /** All that was sent has arrived; `elapsed` ps were spent sending, without the last packet's way. */
  sent(move: MigrationState, mover: Mover, elapsed: number): void
  /** The instance goes on at the target. */
  resumed(move: MigrationState, mover: Mover): void
  /** Uncontended total and downtime, ps, without handshakes. */
  estimate(mover: MoverFigures): { readonly total: number; readonly downtime: number }
}

/** Until the last packet of a volume has arrived on an idle way, ps. */
export function sendingPs({ rate, lastPacketPs }: MoverFigures, bytes: number): number {
  return bytes === 0 ? 0 : bytes / rate + lastPacketPs
}

/** A move that has just begun. */
export function blank(instance: number, from: number, to: number, mechanism: string, now: number): MigrationState {
  return {
    instance,
    from,
    to,
    mechanism,
    start: now,
    stop: NaN,
    resume: NaN,
    end: NaN,
    held: 0,
    bytes: 0,
    rounds: 0,
    outcome: 'running',
    volume: 0,
    left: 0,
    inFlight: 0,
    roundStart: now,
    handshake: 0,
    draining: 0,
    detail: [],
  }
}
