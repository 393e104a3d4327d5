import { expect, test } from 'vitest'
import { exportAll, exportFiles } from '../../src/formats/export'
import { sampleResult } from '../support/export/sample-result'

/** The files and columns of the scenario format, version 1. */
const headers: readonly (readonly [file: string, columns: string])[] = [
  ['summary.csv', 'metric,value,unit,ci95_low,ci95_high'],
  [
    'operations.csv',
    'service,operation,completed,failed,mean_us,p50_us,p90_us,p99_us,p999_us,max_us,wait_mean_us,compute_mean_us,memory_mean_us,network_mean_us',
  ],
  ['devices.csv', 'node,device,kind,utilization,mean_queue,max_queue,completed,energy_joules,memory_used_gib'],
  ['links.csv', 'link,lane,direction,bytes,packets,utilization,mean_queue_bytes,max_queue_bytes,dropped'],
  ['decisions.csv', 'time_s,kind,subject,from,to,policy,mechanism,reason,estimate_us'],
  ['migrations.csv', 'service,instance,from,to,mechanism,start_s,total_us,downtime_us,bytes,rounds,outcome'],
  ['timeline.csv', 'time_s,scope,id,metric,value'],
  [
    'services.csv',
    'service,completed,failed,instructions,core_mean_us,cores_mean,cpi_base,cpi_local,cpi_remote,cpi_queueing,cpi_total,misses_local,misses_remote,hit_ratio,worker_wait_mean_us,core_wait_mean_us,downtime_wait_mean_us,outside_wait_mean_us,threads_mean,threads_max,llc_mean_mib,stream_wait_mean_us,instance_wait_mean_us,attempts_wait_mean_us',
  ],
  [
    'offloads.csv',
    'time_s,subject,from,to,policy,reason,estimate_us,actual_us,error_us,best_estimate,best_estimate_us,best,best_us,regret_us,candidates',
  ],
]

test('a run writes the files of the format, in its order', () => {
  expect(exportFiles(sampleResult).map((file) => file.name)).toEqual([
    ...headers.map(([name]) => name),
    'scenario.json',
  ])
})

test('the histogram and the manifest come on top', () => {
  const names = exportAll(sampleResult, '0').map((file) => file.name)
  expect(names.slice(10)).toEqual(['histogram.csv', 'manifest.json'])
})

test.each(headers)('%s has the columns of the format', (name, columns) => {
  const file = exportFiles(sampleResult).find((each) => each.name === name)
  expect(file?.text.split('\r\n')[0]).toBe(columns)
})

test.each(headers)('%s has as many cells in each line as columns, and no line without CRLF', (name, columns) => {
  const text = exportFiles(sampleResult).find((each) => each.name === name)?.text ?? ''
  expect(text.endsWith('\r\n')).toBe(true)
  const unquoted = text.replaceAll(/"(?:[^"]|"")*"/g, '')
  expect(unquoted.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const cells = new Set(
    unquoted
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').length),
  )
  expect([...cells]).toEqual([columns.split(',').length])
})

test('the sample gives these bytes', () => {
  const texts = exportFiles(sampleResult).map((file) => file.text)
  expect(texts[0]).toBe(
    'metric,value,unit,ci95_low,ci95_high\r\n' +
      'requests_offered,12345,,,\r\n' +
      'latency_mean_us,500.123457,us,499.000000,\r\n' +
      'throughput_per_second,0.30000000000000004,1/s,,\r\n',
  )
  expect(texts[1]).toContain(
    'kv,get,10,0,1.500000,1.000000,2.000000,3.000000,4.000000,1000000.000000,0.000000,0.333333,,0.000001\r\n',
  )
  expect(texts[2]).toContain('tor,0,switch,,0.5,3,,1e-7,\r\n')
  expect(texts[3]).toContain('l1,0,cpu.0>tor,9007199254740992,9,0.25,0,0,0\r\n')
  expect(texts[7]).toContain(
    'kv,10,1,50000,0.666667,0.25,0.75,0.5,1.5,0.125,2.875,30,10,0.75,0.500000,0.250000,0.000000,,1.5,4,,,,\r\n',
  )
  expect(texts[8]).toContain(
    '0.6,kv.get#0,cpu.0,nic.0,cost-model,least predicted time,4.500000,6.250000,-1.750000,nic.0,4.500000,cpu.0,5.000000,1.250000,cpu.0 5.500000; nic.0 4.500000\r\n',
  )
  expect(texts[6]).toContain('0.01,device,cpu.0,utilization,1\r\n')
  expect(texts[6]).toContain('0.005,operation,kv.get,p99_us,12.500000\r\n')
})
