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
  detail: { startPs: number; endPs: number; bytes: number; live: boolean }[]
}

export interface MigrationSettings {
  readonly downtimeTargetPs: number
  readonly maxRounds: number
  readonly stopWhenNotShrinking: boolean
}

/** What a mechanism may do with the move it carries out. */
export interface Mover {
  readonly settings: MigrationSettings
  /** Payload rate of the route, bytes per ps. */
  readonly rate: number
  /** What a full copy takes, bytes. */
  readonly stateBytes: number
  readonly dirtyBytesPerPs: number
  readonly writableBytes: number
  /** Sends `bytes`; `sent` of the mechanism is asked when all have arrived, at once if there are none. */
  send(bytes: number): void
  /** Stops the instance. */
  stop(): void
  /** Hands over: one small message each way, then the instance goes on at the target. */
  handOver(): void
}

/** How an instance moves. */
export interface Mechanism {
  readonly name: string
  readonly summary: string
  begin(move: MigrationState, mover: Mover): void
  /** All that was sent has arrived; `elapsed` ps were spent sending, without the last packet's way. */
  sent(move: MigrationState, mover: Mover, elapsed: number): void
  /** Uncontended total and downtime, ps, without handshakes. */
  estimate(mover: Omit<Mover, 'send' | 'stop' | 'handOver'>): { readonly total: number; readonly downtime: number }
}
