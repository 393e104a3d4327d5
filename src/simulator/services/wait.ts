// What an execution waits for by itself, without its callees: `COUNT` numbers a token.

/** A worker of its instance. */
export const worker = 0
/** A core of its device. */
export const core = 1
/** The end of a downtime. */
export const downtime = 2
/** Outside work: `delay` steps. */
export const outside = 3
/** A stream of a GPU, others of its batch, or room in the memory there. */
export const stream = 4
/** An instance of its service that is in use. */
export const instance = 5
/** Earlier attempts that came to nothing, and the waits between them. */
export const attempts = 6

export const COUNT = 7
