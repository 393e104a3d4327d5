/** More than the largest closed population could cause by itself. */
const MOST_EVENTS_AT_ONCE = 20_000_000

/** Finds out that a run does not get on: a model in which work takes no time can go round for ever at one instant. */
export class Standstill {
  /** When the clock was looked at last, and the events until then. */
  private looked = { time: -1, events: 0 }

  /** @throws Error that says so */
  check(now: number, events: number): void {
    if (now !== this.looked.time) this.looked = { time: now, events }
    else if (events - this.looked.events > MOST_EVENTS_AT_ONCE)
      throw new Error(
        `time stands still at ${now / 1e9} ms: more than ${MOST_EVENTS_AT_ONCE} events at one instant; a closed source without think time whose requests need no time does that`,
      )
  }
}
