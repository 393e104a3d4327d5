declare const performance: { now: () => number }
declare const process: { cpuUsage?: () => { readonly user: number; readonly system: number } } | undefined

/** Time spent so far, ms: of the processor in Node, where others may share the machine; of the wall in a browser. */
export function spentMs(): number {
  if (typeof process === 'undefined' || process.cpuUsage === undefined) return performance.now()
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
