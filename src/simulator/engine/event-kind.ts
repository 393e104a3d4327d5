// What an event is about; its arguments a, b, c are named behind each. The engine itself never looks at them.

/** source */
export const arrival = 0
/** message: its head reaches the output port of its next hop */
export const portArrival = 1
/** channel: may send again */
export const portKick = 2
/** message: delivered at the end of its route */
export const delivered = 3
/** message: sent again from its start after a drop */
export const resend = 4
/** token, generation: its core work is done */
export const coreDone = 5
/** token: its memory stall is over */
export const stallDone = 6
/** transfer: the device that it goes to is awake */
export const woken = 70
/** token: its delay is over */
export const delayDone = 7
/** source, user: a closed user has thought */
export const userReady = 8
/** token: leaves a NIC's pipeline on its way in */
export const nicIn = 9
/** token: leaves a NIC's pipeline on its way out */
export const nicOut = 10
/** transfer: its next chunk may enter the first port */
export const bulkNext = 11
/** order */
export const order = 12
/** the migration policy looks */
export const control = 13
/** a bucket of the timeline is full */
export const bucket = 14
/** the measured window begins */
export const warmup = 15
/** purpose, token, device: a message within one device */
export const handed = 17
/** strike: begins (b = 1), ends (b = 0), is about to begin (b = 2) */
export const fault = 16
/** instance, life: it has no requests left */
export const idle = 40
/** instance, life: its cold start is over */
export const started = 41
/** instance, life: the failure of its device is noticed, it starts elsewhere */
export const recover = 51
/** execution: whoever asked for it hears that its device has failed */
export const lossKnown = 52
/** instance, life: a copy of its far memory is read from now on */
export const failover = 66
/** instance, life: its host is awake, and what was in local memory is fetched */
export const fetch = 67
/** changed local memory is written to the pools */
export const writeBack = 68
/** device, number of its failure: others know that it is down */
export const detected = 65
/** record, round, what: something of a request asked under a rule of attempts is due */
export const attempt = 50
/** instance, life, number of its rest: it has had nothing to do for long */
export const expired = 42
/** service, number of its rest: a request is likely soon */
export const prewarm = 43
/** the scaling policy looks */
export const scaling = 44
/** service, phase: its footprint changes */
export const footprint = 60
/** instance, change: what it does not need is taken back */
export const leaseEnd = 61
/** hot pages are promoted, cold ones demoted */
export const tiering = 63
/** instance: its next pages change places */
export const tieringNext = 64
/** instance, device, device: pages that go from one to the other have been read */
export const tieringSend = 75
/** memory devices are compared with their watermarks */
export const reclaimLook = 72
/** memory device under pressure: a chunk of a slab that leaves it has been read, or is stored where it goes */
export const reclaimSend = 73
export const reclaimNext = 74
/** batch: its kernels have run */
export const kernelDone = 30
/** batch, generation: its window is over */
export const batchDue = 31
/** token, generation: its slice of core time is over before its work */
export const sliceDone = 19
/** last-level caches are shared anew */
export const cacheEpoch = 20
/** token: an engine has done its work for it */
export const engineDone = 32
/** shadow: what a step would have met at a place that it was not sent to */
export const shadow = 62
