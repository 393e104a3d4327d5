/** What an event is about; its arguments a, b, c are named behind each. The engine itself never looks at them. */
export const EventKind = {
  /** source */
  arrival: 0,
  /** message: its head reaches the output port of its next hop */
  portArrival: 1,
  /** channel: may send again */
  portKick: 2,
  /** message: delivered at the end of its route */
  delivered: 3,
  /** message: sent again from its start after a drop */
  resend: 4,
  /** token, generation: its core work is done */
  coreDone: 5,
  /** token: its memory stall is over */
  stallDone: 6,
  /** token: its delay is over */
  delayDone: 7,
  /** source, user: a closed user has thought */
  userReady: 8,
  /** token: leaves a NIC's pipeline on its way in */
  nicIn: 9,
  /** token: leaves a NIC's pipeline on its way out */
  nicOut: 10,
  /** transfer: its next chunk may enter the first port */
  bulkNext: 11,
  /** order */
  order: 12,
  /** the migration policy looks */
  control: 13,
  /** a bucket of the timeline is full */
  bucket: 14,
  /** the measured window begins */
  warmup: 15,
  /** purpose, token, device: a message within one device */
  handed: 17,
  /** fault: begins (b = 1) or ends (b = 0) */
  fault: 16,
  /** batch: its kernels have run */
  kernelDone: 30,
  /** batch, generation: its window is over */
  batchDue: 31,
} as const
