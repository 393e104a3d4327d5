import { erlangB, finiteQueue, meanSojourn, sojournQuantile } from '../closed-forms'
import { exactCase, mean, percentile, type System } from '../exact-case'
import { failedShare, meanUs, p50Us, p99Us, perSecond, utilizationOf } from '../measuring'
import { exponential } from '../scenario-parts'
import { singleStation, SERVICE_NS } from './single-server'

/** Several servers with one queue, or with little or no room to wait. */

const MEAN_US = SERVICE_NS / 1000

function lossSystem(servers: number, load: number, seed: number, seconds: number): System {
  const lost = erlangB(load, servers)
  return {
    name: `k = ${servers}, a = ${load}`,
    scenario: singleStation(
      servers,
      (load * 1e9) / SERVICE_NS,
      exponential(SERVICE_NS),
      { seed, warmupSeconds: seconds / 60 },
      {
        threads: servers,
        queueLimit: 0,
      },
    ),
    seconds,
    quantities: [
      percentile('lost', '', lost, failedShare),
      mean('utilization', '', (load * (1 - lost)) / servers, utilizationOf('cpu0')),
    ],
  }
}

export const lossServers = exactCase(
  {
    id: 'B2',
    title: 'Erlang B: k servers without a queue',
    question: 'Do requests that find every worker busy fail as often as Erlang says?',
    source: 'L. Kleinrock, Queueing Systems, vol. 1 (1975), section 3.6',
    inputs: 'As many threads as cores, a queue limit of 0, exponential work of 10 µs; nothing is calibrated.',
    secondsShort: 5,
  },
  [lossSystem(2, 1, 201, 0.8), lossSystem(10, 8, 202, 0.25), lossSystem(64, 56, 203, 0.14)],
)

function queueSystem(servers: number, load: number, seed: number, seconds: number): System {
  return {
    name: `k = ${servers}, ρ = ${load / servers}`,
    scenario: singleStation(servers, (load * 1e9) / SERVICE_NS, exponential(SERVICE_NS), {
      seed,
      warmupSeconds: seconds / 60,
    }),
    seconds,
    quantities: [
      mean('mean latency', 'µs', meanSojourn(load / MEAN_US, MEAN_US, servers), meanUs),
      percentile('median', 'µs', MEAN_US * sojournQuantile(load, servers, 0.5), p50Us),
      percentile('p99', 'µs', MEAN_US * sojournQuantile(load, servers, 0.99), p99Us),
    ],
  }
}

export const markovMany = exactCase(
  {
    id: 'B3',
    title: 'M/M/k (Erlang C)',
    question: 'Do cores that share one queue wait and end as theory says, from 2 to 64 of them?',
    source: 'L. Kleinrock, Queueing Systems, vol. 1 (1975), section 3.5',
    inputs: 'Exponential work of 10 µs; nothing is calibrated.',
    secondsShort: 6,
  },
  [queueSystem(2, 1, 301, 0.6), queueSystem(10, 8, 302, 0.15), queueSystem(64, 56, 303, 0.02)],
)

function finiteSystem(load: number, room: number, seed: number, seconds: number): System {
  const { lost, throughput, sojourn } = finiteQueue(load, room)
  return {
    name: `ρ = ${load}, K = ${room}`,
    scenario: singleStation(
      1,
      (load * 1e9) / SERVICE_NS,
      exponential(SERVICE_NS),
      { seed, warmupSeconds: seconds / 60 },
      {
        threads: 1,
        queueLimit: room - 1,
      },
    ),
    seconds,
    quantities: [
      percentile('lost', '', lost, failedShare),
      mean('throughput', '1/s', throughput * 1e5, perSecond),
      mean('mean latency', 'µs', MEAN_US * sojourn, meanUs),
    ],
  }
}

export const finiteServer = exactCase(
  {
    id: 'B4',
    title: 'M/M/1/K: a finite queue, below and above saturation',
    question: 'Does a bounded queue lose and delay what theory says, also when more is asked than can be served?',
    source: 'L. Kleinrock, Queueing Systems, vol. 1 (1975), section 3.6',
    inputs: 'One thread and a queue limit of K - 1, exponential work of 10 µs; nothing is calibrated.',
    secondsShort: 8,
  },
  [finiteSystem(0.8, 10, 401, 4), finiteSystem(1, 20, 402, 4), finiteSystem(1.2, 50, 403, 2)],
)
