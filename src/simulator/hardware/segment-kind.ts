/** Where a thing is; the value of `kind`. */
export const SegmentKind = {
  /** A request's message waits in an output port. place = channel. */
  portQueue: 0,
  /** A request's message travels over a link. place = channel. */
  link: 1,
  /** In or through a NIC's message pipeline. place = device. */
  nic: 2,
  /** Waits for a worker (thread) of an instance. place = device, detail = instance. */
  workerQueue: 3,
  /** Waits for a core. place = device, detail = instance. */
  coreQueue: 4,
  /** Computes on a core. place = device, detail = core. */
  core: 5,
  /** Holds a core and waits for memory. place = device, detail = core. */
  memoryStall: 6,
  /** Waits for a page, the core is free for others. place = device. */
  pageWait: 7,
  /** A memory train (misses or write-backs) travels over a link. place = channel. */
  memoryLink: 8,
  /** A memory train is served. place = memory device. */
  memoryService: 9,
  /** A chunk of a migration travels over a link. place = channel, request = migration index. */
  bulkLink: 10,
  /** A `delay` step: outside work. place = device. */
  delay: 11,
  /** Held by an instance that is stopped for its migration. place = device, detail = instance. */
  frozen: 12,
  /** A kernel waits for room in a GPU's memory or for a stream. place = device, detail = instance. */
  kernelQueue: 13,
  /** A kernel waits for others to make a batch with. place = device, detail = instance. */
  kernelBatch: 14,
  /** A kernel runs. place = device, detail = stream. */
  kernel: 15,
  /** Waits for a fixed-function engine of a NIC, or is in it. place = device, detail = engine. */
  engine: 16,
} as const
