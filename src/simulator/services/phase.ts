// Where the time of a token goes.

export const wait = 0
export const compute = 1
export const memory = 2
export const network = 3
/** told by the callee or the branches */
export const elsewhere = 4
