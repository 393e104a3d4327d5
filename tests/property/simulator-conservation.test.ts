import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audit } from '../../src/simulator/audit'
import { outcomeOf } from '../../src/simulator/outcome'
import type { Run } from '../../src/simulator/run'
import { arbitraryScenario } from '../support/scenario-arbitrary'
import { readDocument } from '../support/scenarios'
import { WatchedRun } from '../support/watched-run'

/** Runs scenarios drawn at random to their end, watched from outside. */
function forAnyRun(check: (watched: WatchedRun, run: Run) => void, numRuns = 80): void {
  fc.assert(
    fc.property(arbitraryScenario, (document) => {
      const watched = new WatchedRun(readDocument(document))
      check(watched, watched.finish())
    }),
    { numRuns },
  )
}

test('what is offered is completed, failed or in flight', () => {
  forAnyRun((_, run) => {
    const { executions, measures } = run.machine
    let inFlight = 0
    executions.pool.liveMap().forEach((live, execution) => {
      if (live === 1 && executions.origin[execution] <= 1 && executions.tries[execution] < 0)
        inFlight += executions.measured[execution]
    })
    expect(measures.requests.completed + measures.requests.failed + inFlight).toBe(measures.offeredCount)
    const { figures } = outcomeOf(run)
    expect(figures.get('requests_in_flight')).toBe(inFlight)
  })
})

test("Little's law holds at every station, as an identity, at any moment", () => {
  fc.assert(
    fc.property(arbitraryScenario, fc.integer({ min: 100, max: 20_000 }), (document, mostEvents) => {
      const watched = new WatchedRun(readDocument(document))
      for (let done = false; !done;) {
        done = watched.run.advance(watched.run.shape.endPs, mostEvents)
        expectLittle(watched)
      }
    }),
    { numRuns: 80 },
  )
})

function expectLittle({ run, cores: busy, ports: queues }: WatchedRun): void {
  for (const { integral, sojourn, station } of audit(run)) expect([station, integral]).toEqual([station, sojourn])
  const now = run.isDone ? run.shape.endPs : run.now
  const { cores, fabric } = run.machine
  for (const [device, station] of busy) {
    expect(cores.busyCores.integralAt(device, now)).toBe(station.sojourn(now))
  }
  for (const [channel, station] of queues) {
    const bytes = fabric.ports.queueBytes.integralAt(channel, now)
    expect(bytes).toBeCloseTo(station.sojourn(now), -Math.log10(Math.max(1, bytes * 1e-9)))
  }
}

test('wait, compute, memory and network add up to the latency of every operation', () => {
  forAnyRun((_, run) => {
    const { measures } = run.machine
    for (const { latency, spent } of [...measures.operations, measures.requests])
      expect(spent.reduce((sum, part) => sum + part.value(), 0)).toBe(latency.total())
  })
})

test('waits for workers, for cores, for downtimes to end and outside add up to the waiting time of what asks nobody', () => {
  forAnyRun((_, run) => {
    const { measures } = run.machine
    run.scenario.application.services
      .flatMap((service) => service.operations)
      .forEach((operation, i) => {
        if (JSON.stringify(operation.steps).includes('"call"')) return
        const { spent, waited } = measures.operations[i]
        expect(waited.reduce((sum, part) => sum + part.value(), 0)).toBe(spent[0].value())
      })
  })
})

test('core time of services adds up to that of devices', () => {
  forAnyRun((_, run) => {
    const { services, devices } = outcomeOf(run)
    const { cores } = run.machine
    const busy = run.shape.devices.flatMap((device, i) => {
      if (device.kind !== 'cpu' && device.kind !== 'nic') return []
      const before = run.warm?.busyCores[i] ?? 0
      return [(cores.busyCores.integralAt(i, run.shape.endPs) - before) / (run.shape.endPs - run.shape.warmupPs)]
    })
    expect(devices.length).toBeGreaterThan(0)
    expect(services.reduce((sum, row) => sum + row.coresMean, 0)).toBeCloseTo(
      busy.reduce((sum, value) => sum + value, 0),
      9,
    )
  })
})

test('every byte goes the whole way of its message, hop after hop', () => {
  forAnyRun((watched, run) => {
    expect(watched.strays).toBe(0)
    const { ports } = run.machine.fabric
    ports.bytes.forEach((bytes, channel) => expect(bytes).toBeCloseTo(watched.sent[channel], 3))
  })
})

test('lossless links that do not fail never drop', () => {
  forAnyRun((_, run) => {
    if (run.scenario.faults.some((fault) => fault.effect === 'down')) return
    const { channels } = run.machine.fabric.network
    const { ports } = run.machine.fabric
    channels.forEach(({ from }, channel) => {
      const isLossy = channels.some((before) => before.to === from && !before.lossless)
      if (!isLossy) expect(ports.dropped[channel]).toBe(0)
    })
  })
})

test('a slab has one owner, and the free ones are the others', () => {
  forAnyRun((_, run) => {
    const { slabs, instances } = run.machine
    const held = new Map<string, number>()
    instances.leases.forEach((leases, instance) => {
      for (const { device, firstSlab, slabs: count } of leases)
        for (let slab = firstSlab; slab < firstSlab + count; slab += 1) {
          expect(held.has(`${device}/${slab}`)).toBe(false)
          held.set(`${device}/${slab}`, instance)
          expect(slab).toBeLessThan(slabs.devices[device]!.slabs)
        }
    })
    const free = slabs.free.reduce((sum, count) => sum + count, 0)
    const all = slabs.devices.reduce((sum, device) => sum + (device?.slabs ?? 0), 0)
    expect(held.size).toBe(all - free)
    expect(slabs.owner.filter((owner) => owner >= 0).length).toBe(held.size)
  })
})

test('nothing is negative, and nothing is busier than always', () => {
  forAnyRun((_, run) => {
    const { figures, operations, devices, links, migrations } = outcomeOf(run)
    for (const [metric, value] of figures) if (value < 0) expect.fail(`${metric} is ${value}`)
    for (const row of [...operations, ...devices, ...links, ...migrations])
      for (const [name, value] of Object.entries(row) as [string, unknown][])
        if (typeof value === 'number' && value < 0) expect.fail(`${name} is ${value} in ${JSON.stringify(row)}`)
    for (const { utilization } of [...devices, ...links]) expect(utilization).toBeLessThanOrEqual(1 + 1e-9)
  })
})

test('no job waits while a core is idle, and no core is held by nobody', () => {
  forAnyRun((_, run) => {
    const { cores, tokens } = run.machine
    const live = tokens.pool.liveMap()
    cores.count.forEach((count, device) => {
      if (cores.waiting[device] > 0 && cores.room[device] > 0) expect(cores.busy[device]).toBe(count)
      const owners = [...cores.owner.subarray(cores.first[device], cores.first[device] + count)].filter(
        (job) => job >= 0,
      )
      expect(owners.length).toBe(cores.busy[device])
      for (const job of owners) expect([live[job], tokens.device[job]]).toEqual([1, device])
    })
  })
})

test('local memory is lent within its size, and only to those who are there', () => {
  forAnyRun((_, run) => {
    const { instances, local } = run.machine
    const moving = run.migrations.list.filter((move) => move.outcome === 'running')
    const used = new Float64Array(local.used.length)
    instances.device.forEach((device, instance) => {
      if (device >= 0) used[device] += instances.localBytes[instance]
    })
    for (const { instance, to } of moving) used[to] += instances.localBytes[instance]
    expect([...local.used]).toEqual([...used])
    local.devices.forEach((device, i) => {
      if (device) expect(local.used[i]).toBeLessThanOrEqual(device.capacityBytes)
    })
  })
})
