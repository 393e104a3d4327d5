import type { Machine } from './machine'

/** Core visits still going on count for their instances up to now. */
export function creditRunning({ cores, tokens, executions, instances }: Machine, now: number): void {
  for (const token of cores.owner) {
    if (token < 0) continue
    instances.busyPs[executions.instance[tokens.execution[token]]] += now - tokens.busySince[token]
    tokens.busySince[token] = now
  }
}
