// Instructions of a compiled operation; `arg` is an index into the table of its kind, or an address.

export const compute = 0
export const call = 1
export const send = 2
export const fork = 3
export const join = 4
export const choose = 5
export const jump = 6
export const delay = 7
export const end = 8
export const kernel = 9
