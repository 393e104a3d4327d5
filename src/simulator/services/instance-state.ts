// Where an instance is in its life.

/** It takes no part: never started, or ended. */
export const absent = 0
/** It is to start, and no device or no memory is free for it. */
export const waiting = 1
/** It has device and memory, and is not ready yet: a cold start. */
export const starting = 2
/** It takes requests. */
export const up = 3
/** It takes no new requests, and ends once it has answered those it has. */
export const draining = 4
/** It stands still until a device that it needs is back. */
export const held = 5
