// What a token does at its instruction.

export const fresh = 0
/** Charges of this instruction are paid. */
export const paid = 1
/** In a step with misses: the next group's cycles are to be run. */
export const group = 2
/** In a step with misses: the group is to be issued. */
export const issue = 3
/** A group is under way. */
export const stalled = 4
/** As `stalled`, by the lines of a window that has pages too. */
export const stalledFirst = 13
/** Fault handling is paid, the pages are to be read. */
export const fault = 5
/** Offloaded: on its way there, then back. */
export const away = 6
export const back = 7
/** A new execution at its instance's door. */
export const arriving = 8
/** After a post-copy move: fault handling is paid, absent pages are to be fetched; they are on their way; they are there. */
export const fetch = 10
export const fetching = 11
export const present = 12
/** Answered; told to its caller. */
export const ended = 9
/** What was gathered is done: where the step runs is to be decided. */
export const decides = 20
/** A step whose place has failed begins again, where its instance is if it can. */
export const again = 22
/** A step that was decided on is done where its instance is. */
export const doneHere = 21
/** A kernel that was taken back from the instance's own GPU: it goes on where the instance goes on. */
export const recalled = 23
