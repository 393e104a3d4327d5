// Where a thing is; the value of `kind`.

/** A request's message waits in an output port. place = channel. */
export const portQueue = 0
/** A request's message travels over a link. place = channel. */
export const link = 1
/** In or through a NIC's message pipeline. place = device. */
export const nic = 2
/** Waits for a worker (thread) of an instance. place = device, detail = instance. */
export const workerQueue = 3
/** Waits for a core. place = device, detail = instance. */
export const coreQueue = 4
/** Computes on a core. place = device, detail = core. */
export const core = 5
/** Holds a core and waits for memory. place = device, detail = core. */
export const memoryStall = 6
/** Waits for a page, the core is free for others. place = device. */
export const pageWait = 7
/** A memory train (misses or write-backs) travels over a link. place = channel. */
export const memoryLink = 8
/** A memory train is served. place = memory device. */
export const memoryService = 9
/** Memory that moves travels over a link: a chunk of a migration, or pages or slabs of an instance. place = channel, request = migration index or 0. */
export const bulkLink = 10
/** A `delay` step: outside work. place = device. */
export const delay = 11
/** Held by an instance that is stopped for its migration. place = device, detail = instance. */
export const frozen = 12
/** A kernel waits for room in a GPU's memory or for a stream. place = device, detail = instance. */
export const kernelQueue = 13
/** A kernel waits for others to make a batch with. place = device, detail = instance. */
export const kernelBatch = 14
/** A kernel runs. place = device, detail = stream. */
export const kernel = 15
/** Waits for a fixed-function engine of a NIC, or is in it. place = device, detail = engine. */
export const engine = 16
