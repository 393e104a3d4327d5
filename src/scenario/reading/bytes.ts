/** One message of more than a tebibyte is a mistake of units. */
export const mostMessageBytes = 1_099_511_627_776
