import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { BareFabric, bareNetwork } from '../support/bare-fabric'
import { StepAccount, type StepMessage, type StepRow, type StepSwitch, type StepWire } from '../support/step-account'

/** The cases of docs/cycle-account.md: the page's tables, the simulator and the account by steps must be one. */

interface Case {
  readonly wires: readonly StepWire[]
  readonly switches: Readonly<Record<string, StepSwitch>>
  readonly messages: readonly StepMessage[]
}

const wire = (name: string, rate = 1, rest: Partial<StepWire> = {}): StepWire => ({
  from: name[0],
  to: name[2],
  rate,
  propagation: 10,
  header: 0,
  lossless: true,
  ...rest,
})
const place = (rest: Partial<StepSwitch> = {}): StepSwitch => ({
  latency: 20,
  cutsThrough: false,
  buffer: 1e6,
  ...rest,
})
const message = (name: string, at: number, way: string, bytes: number): StepMessage => ({
  name,
  at,
  way: way.split(''),
  bytes,
  payload: 100,
})
const header = { header: 10 }
const lossy = { lossless: false }

const cases: readonly Case[] = [
  { wires: [wire('a-b')], switches: {}, messages: [message('A', 0, 'ab', 300), message('B', 30, 'ab', 200)] },
  { wires: [wire('a-s'), wire('s-b')], switches: { s: place() }, messages: [message('A', 0, 'asb', 250)] },
  {
    wires: [wire('a-s'), wire('c-s'), wire('s-b')],
    switches: { s: place() },
    messages: [message('A', 0, 'asb', 200), message('C', 40, 'csb', 200)],
  },
  {
    wires: [wire('a-s', 1, header), wire('s-t', 2, header), wire('t-b', 1, header)],
    switches: { s: place({ cutsThrough: true }), t: place({ cutsThrough: true }) },
    messages: [message('A', 0, 'astb', 200)],
  },
  {
    wires: [wire('a-s', 2), wire('s-b')],
    switches: { s: place({ buffer: 150 }) },
    messages: [message('A', 0, 'asb', 300)],
  },
  {
    wires: [wire('a-s', 2), wire('s-t', 2), wire('t-b')],
    switches: { s: place({ buffer: 100 }), t: place({ buffer: 100 }) },
    messages: [message('A', 0, 'astb', 300)],
  },
  {
    wires: [wire('a-s', 2), wire('c-s', 2), wire('s-b')],
    switches: { s: place({ buffer: 100 }) },
    messages: [message('A', 0, 'asb', 200), message('C', 10, 'csb', 200)],
  },
  {
    wires: [wire('a-s', 1, lossy), wire('c-s', 1, lossy), wire('d-s', 1, lossy), wire('s-b', 1, lossy)],
    switches: { s: place({ buffer: 200 }) },
    messages: [message('A', 0, 'asb', 100), message('C', 10, 'csb', 100), message('D', 20, 'dsb', 100)],
  },
]

const page = readFileSync(fileURLToPath(new URL('../../docs/cycle-account.md', import.meta.url)), 'utf8')
const sections = page.split(/^## \d+\. /m).slice(1)

/** The rows of a section's table. */
function tableOf(section: string): StepRow[] {
  return [...section.matchAll(/^\| (\w+) +\| (\w-\w) +\| (\d+) +\| (\d+) +\|$/gm)].map(
    ([, packet, name, start, end]) => ({
      packet,
      wire: name,
      start: Number(start),
      end: Number(end),
    }),
  )
}

function sorted(rows: readonly StepRow[]): StepRow[] {
  return [...rows].sort((a, b) => a.start - b.start || (a.wire < b.wire ? -1 : 1))
}

const TIMEOUT = 1000

function simulated({ wires, switches, messages }: Case): StepRow[] {
  const names = [...new Set(wires.flatMap(({ from, to }) => [from, to]))]
  const network = bareNetwork(
    names.map((name) => {
      if (!(name in switches)) return 'device'
      const { latency, cutsThrough, buffer } = switches[name]
      return { latencyPs: latency * 1000, cutsThrough, bufferBytes: buffer }
    }),
    wires.map((each) => ({
      from: names.indexOf(each.from),
      to: names.indexOf(each.to),
      gbps: each.rate * 8,
      propagationPs: each.propagation * 1000,
      payloadBytes: 100,
      headerBytes: each.header,
      lossless: each.lossless,
      retransmitPs: TIMEOUT * 1000,
    })),
  )
  const bare = new BareFabric(
    network,
    messages.map(({ at, way, bytes }) => ({
      at: at * 1000,
      from: names.indexOf(way[0]),
      to: names.indexOf(way.at(-1)!),
      bytes,
    })),
    'line',
  )
  bare.run()
  return bare.hops.map(({ message: index, channel, number, start, end }) => {
    const { from, to } = network.channels[channel]
    return {
      packet: `${messages[index].name}${number}`,
      wire: `${names[from]}-${names[to]}`,
      start: start / 1000,
      end: end / 1000,
    }
  })
}

describe('packets by hand', () => {
  test('the page has every case, and every case is on the page', () => {
    expect(sections.length).toBe(cases.length)
    for (const section of sections) expect(tableOf(section).length).toBeGreaterThan(4)
  })

  cases.forEach((each, index) => {
    const title = sections[index].split('\n')[0]
    const expected = sorted(tableOf(sections[index]))
    test(`${title}: the simulator`, () => {
      expect(sorted(simulated(each))).toEqual(expected)
    })
    test(`${title}: byte by byte, nanosecond by nanosecond`, () => {
      const account = new StepAccount(each.wires, each.switches, each.messages, TIMEOUT)
      expect(sorted(account.run(1500))).toEqual(expected)
    })
  })
})
