import type { RandomStreams } from '../engine/random'
import type { ArrivalProcess, ArrivalsSpec } from './arrival-process'
import { ConstantArrivals } from './constant'
import { PoissonArrivals } from './poisson'
import { TraceArrivals } from './trace'
import { VaryingArrivals, bucketRates, modulatedRates } from './varying'

/** The process behind an open source, needed up to `untilPs`; null for a closed one. */
export function arrivalProcess(
  spec: ArrivalsSpec,
  streams: RandomStreams,
  stream: string,
  untilPs: number,
): ArrivalProcess | null {
  const draws = { streams, key: streams.key(`source:${stream}`) }
  switch (spec.process) {
    case 'constant':
      return new ConstantArrivals(spec.ratePerSecond)
    case 'poisson':
      return new PoissonArrivals(spec.ratePerSecond, draws)
    case 'trace':
      return new TraceArrivals(spec.timesSeconds)
    case 'rates':
      return new VaryingArrivals(bucketRates(spec.bucketSeconds, spec.ratesPerSecond), draws, untilPs)
    case 'mmpp': {
      const states = { streams, key: streams.key(`states:${stream}`) }
      return new VaryingArrivals(modulatedRates(spec.states, states), draws, untilPs)
    }
    case 'closed':
      return null
  }
}
