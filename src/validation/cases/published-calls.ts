import { meanUs, relativeRow, shownRow } from '../measuring'
import { publishedCase } from '../published-case'
import { call, constant, cpuPool, service, trace, work, type Fields, type Parts } from '../scenario-parts'

/** Published rates and latencies of remote procedure calls. */

export const raftReplication = publishedCase(
  {
    id: 'A16',
    title: 'eRPC: rate of a core and replication',
    strictness: 'shape',
    question:
      'Do 100 ns of core time a call give 10 million calls a second, and two calls in a row the latency of Raft replication?',
    source:
      'A. Kalia, M. Kaminsky, D. G. Andersen, eRPC, NSDI 2019 (arXiv 1806.00680), abstract; median round trip of 2.3 µs from memory',
    tolerance: 'Replication within 30 %.',
    inputs:
      'Core time of 50 ns a message, calibrated on 10 M calls/s; a wire of 100 Gb/s whose fixed cost is calibrated on the round trip; Raft is held out: a client calls a leader that calls two followers at once.',
    secondsShort: 2,
  },
  (bench) => {
    const rate = bench.one(eRpcLoop())
    const perSecond = rate.figures.get('throughput_per_second') ?? NaN
    const fixedNs = (2300 - 1000 * meanUs(bench.one(eRpcRaft(0, 'ping.o')))) / 4
    const roundTrip = meanUs(bench.one(eRpcRaft(fixedNs, 'ping.o')))
    const raft = meanUs(bench.one(eRpcRaft(fixedNs, 'client.o')))
    return {
      rows: [
        relativeRow(
          { label: 'small calls of one core', unit: '1/s', expected: 1e7 },
          perSecond,
          0.1,
          'calibration point',
        ),
        relativeRow({ label: 'round trip', unit: 'µs', expected: 2.3 }, roundTrip, 0.1, 'calibration point'),
        relativeRow({ label: 'Raft replication', unit: 'µs', expected: 5.5 }, raft, 0.3, 'parameter'),
      ],
      figures: [],
      notes: ['The work of Raft itself (log, timers) is not published apart and is 0 here.'],
    }
  },
)

const ERPC: Fields = { cyclesPerMessage: 50_000, cyclesPerByte: 0 }

/** One core that keeps 32 calls open to a host of many cores. */
function eRpcLoop(): Parts {
  return {
    rpc: ERPC,
    nodes: [cpuPool('a', 1, 1), cpuPool('b', 1, 64)],
    links: [{ id: 'l', from: 'a', to: 'b', protocol: 'rdma', bandwidthGbps: 100, propagationNs: 500 }],
    services: [
      service('ask', [call('echo.o', { requestBytes: 32, responseBytes: 32 })], { on: 'a' }),
      service('echo', [], { on: 'b' }),
    ],
    sources: [{ id: 'users', entry: 'ask.o', arrivals: { process: 'closed', users: 64, thinkTimeNs: constant(0) } }],
    run: { warmupSeconds: 0.001, durationSeconds: 0.005 },
  }
}

function eRpcRaft(fixedNs: number, entry: string): Parts {
  const small = { requestBytes: 32, responseBytes: 32 }
  return {
    rpc: ERPC,
    nodes: [
      ...['c', 'l', 'f', 'g'].map((id) => cpuPool(id, 1, 1)),
      { id: 'tor', kind: 'switch', spec: { latencyNs: 0 } },
    ],
    links: ['c', 'l', 'f', 'g'].map((from) => ({
      id: from,
      from,
      to: 'tor',
      protocol: 'rdma',
      bandwidthGbps: 100,
      propagationNs: fixedNs,
    })),
    services: [
      service('client', [call('leader.o', small)], { on: 'c' }),
      service('ping', [call('follower.o', small)], { on: 'c' }),
      service('leader', [{ do: 'parallel', branches: [[call('follower.o', small)], [call('second.o', small)]] }], {
        on: 'l',
      }),
      service('follower', [], { on: 'f' }),
      service('second', [], { on: 'g' }),
    ],
    sources: [trace(entry, [0])],
  }
}

/** Services in a chain, each call costing core time at both ends. */
function chainParts(messageUs: number, workUs: number): Parts {
  const names = ['a', 'b', 'c', 'd']
  return {
    rpc: { cyclesPerMessage: messageUs * 1e6, cyclesPerByte: 0 },
    nodes: [cpuPool('cpu', 1, 8)],
    services: names.map((name, i) =>
      service(
        name,
        [
          work(constant((workUs * 1000) / 2)),
          ...(i < 3 ? [call(`${names[i + 1]}.o`)] : []),
          work(constant((workUs * 1000) / 2)),
        ],
        {
          on: 'cpu',
        },
      ),
    ),
    sources: [{ id: 'users', entry: 'a.o', arrivals: { process: 'closed', users: 64, thinkTimeNs: constant(0) } }],
    run: { warmupSeconds: 0.05, durationSeconds: 0.2 },
  }
}

export const nightcore = publishedCase(
  {
    id: 'A22',
    title: 'Nightcore: throughput of cheap internal calls',
    strictness: 'order',
    question:
      'When calls between functions cost 39 µs instead of those of RPC servers, does throughput rise by the published factor?',
    source:
      'Z. Jia, E. Witchel, Nightcore, ASPLOS 2021, abstract: 1.36 to 2.93 times; 39 µs an internal call from memory',
    tolerance: 'The right winner, the ratio within a factor of 2 of the middle of the published range (2.0).',
    inputs:
      'A chain of four services, 100 µs of work each (assumed); a call costs 39 µs of core time in four charges, against 150 µs for an RPC server with its container (assumed, between 100 and 285 µs). No point is calibrated.',
    secondsShort: 1,
  },
  (bench) => {
    const rate = (callUs: number): number =>
      bench.one(chainParts(callUs / 4, 100)).figures.get('throughput_per_second') ?? NaN
    const nightcoreRate = rate(39)
    const ratio = (callUs: number): number => nightcoreRate / rate(callUs)
    return {
      rows: [
        relativeRow(
          { label: 'throughput, 39 against 150 µs a call', unit: '×', expected: 2 },
          ratio(150),
          0.5,
          'parameter',
        ),
        shownRow({ label: 'the same against 100 µs', unit: '×', expected: 1.36 }, ratio(100), 'parameter'),
        shownRow({ label: 'the same against 285 µs', unit: '×', expected: 2.93 }, ratio(285), 'parameter'),
      ],
      figures: [],
      notes: [
        'What the functions of the paper compute is not published in a form to run; the two rows that are only shown bracket the cost of a call.',
      ],
    }
  },
)
