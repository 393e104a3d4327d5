/** Above this utilization the queue counts along a straight line, so that overload counts more the worse it is. */
const KNEE = 0.95

/** Mean number of jobs at an M/M/k queue (Erlang C), convex in the load; beyond the knee the chord goes on. */
export function meanJobs(servers: number, load: number): number {
  const knee = KNEE * servers
  if (load <= knee) return jobsBelowKnee(servers, load)
  const step = 0.01 * servers
  const atKnee = jobsBelowKnee(servers, knee)
  return atKnee + ((load - knee) / step) * (jobsBelowKnee(servers, knee + step) - atKnee)
}

function jobsBelowKnee(servers: number, load: number): number {
  let blocked = 1
  for (let k = 1; k <= servers; k += 1) blocked = (load * blocked) / (k + load * blocked)
  const use = load / servers
  const waits = blocked / (1 - use * (1 - blocked))
  return load + (waits * use) / (1 - use)
}

/** The same, for one device after another that are often alike: what was asked last is known. */
export class MeanJobs {
  private servers = 0
  private load = NaN
  private jobs = 0

  of(servers: number, load: number): number {
    if (servers !== this.servers || load !== this.load) {
      this.servers = servers
      this.load = load
      this.jobs = meanJobs(servers, load)
    }
    return this.jobs
  }
}
