// How an execution came to be, hence what its end does.

/** From outside without NIC and network. */
export const direct = 0
/** From outside through a NIC; the response leaves there. */
export const nic = 1
/** A `call` step waits for it. */
export const call = 2
/** A `send` step; nobody waits. */
export const send = 3
/** What is left of one whose instance was lost: it runs out, and nobody hears of it. */
export const ghost = 4
/** One whose asker waits for it no longer: it runs on, and its answer is not sent. */
export const orphan = 5
