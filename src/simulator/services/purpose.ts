// What a message is for; `subject` is named behind each.

/** main token of the new execution */
export const request = 0
/** main token of the answered execution */
export const response = 1
/** main token; the NIC takes it */
export const leave = 2
/** token */
export const memoryRead = 3
/** token */
export const memoryAnswer = 4
/** lines, or pages if negative */
export const writeBack = 5
/** transfer */
export const bulk = 6
/** token */
export const offloadOut = 7
/** token */
export const offloadBack = 8
/** migration */
export const handshake = 9
/** token: lines or pages of a memory step */
export const memoryWrite = 10
/** token: pages that a post-copy move has left behind */
export const pageAsk = 24
/** instance: pages that change places between near and far memory */
export const tiering = 25
/** -1 - transfer: far memory that is copied */
export const copying = 27
/** what it was for has been lost: nobody takes it */
export const nothing = 28
/** memory device under pressure: part of a slab that leaves it */
export const reclaim = 30
/** token: the input of its kernel */
export const kernelIn = 20
/** token: the output of its kernel */
export const kernelBack = 21
/** token: a message at a NIC that does RPC work for one of its ends, or at its receiver before that */
export const rpc = 22
