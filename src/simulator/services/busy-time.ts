import type { Machine } from './machine'

interface Credited extends Pick<Machine, 'tokens' | 'executions' | 'program'> {
  readonly instances: Pick<Machine['instances'], 'busyPs' | 'unassignedPs'>
}

/** The core visit of a token counts up to now for its instance, or for the service where no instance has the request. */
export function creditCore({ tokens, executions, instances, program }: Credited, token: number, now: number): void {
  const execution = tokens.execution[token]
  const instance = executions.instance[execution]
  const spent = now - tokens.busySince[token]
  if (instance >= 0) instances.busyPs[instance] += spent
  else instances.unassignedPs[program.service[executions.operation[execution]]] += spent
}

/** Core visits still going on count for their instances up to now. */
export function creditRunning(machine: Machine, now: number): void {
  const { cores, tokens } = machine
  for (const token of cores.owner) {
    if (token < 0) continue
    creditCore(machine, token, now)
    tokens.busySince[token] = now
  }
}

/** Core time up to now, with the visits that go on, by instance and by service where no instance has the request. */
export function creditedCores(machine: Machine, now: number): { ofCores: Float64Array; unassigned: Float64Array } {
  const { tokens, executions, cores, program } = machine
  const busyPs = machine.instances.busyPs.slice()
  const unassignedPs = machine.instances.unassignedPs.slice()
  const instances = { busyPs, unassignedPs }
  for (const token of cores.owner) if (token >= 0) creditCore({ tokens, executions, program, instances }, token, now)
  return { ofCores: busyPs, unassigned: unassignedPs }
}
