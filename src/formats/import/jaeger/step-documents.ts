import type { DistributionDocument } from './empirical'

/** Steps as they are written into a scenario. Type aliases, as only those are plain JSON to the compiler. */
export type StepDocument =
  | { do: 'compute'; timeNs: DistributionDocument }
  | { do: 'delay'; timeNs: DistributionDocument }
  | { do: 'call'; to: string; requestBytes: number; responseBytes: number }
  | { do: 'send'; to: string; requestBytes: number }
  | { do: 'parallel'; branches: readonly (readonly StepDocument[])[] }
  | { do: 'choose'; options: readonly OptionDocument[] }

export type OptionDocument = { probability: number; steps: readonly StepDocument[] }

/** A step of time, given in microseconds; none at all where no time was ever spent. */
export function timeSteps(
  kind: 'compute' | 'delay',
  valuesUs: readonly number[],
  write: (values: readonly number[]) => DistributionDocument,
): readonly StepDocument[] {
  if (!valuesUs.some((value) => value > 0)) return []
  return [{ do: kind, timeNs: write(valuesUs.map((value) => Math.round(value * 1000))) }]
}
