import { expect, test } from 'vitest'
import { Records } from '../../../../src/simulator/engine/records'

class Cars extends Records {
  wheels = this.int()
  plate = this.int(2)
  speed = this.real()

  constructor(width = 4) {
    super(width)
  }

  open(wheels: number): number {
    const car = this.take()
    this.wheels[car] = wheels
    this.plate[car] = 10 * wheels
    this.plate[car + 1] = 10 * wheels + 1
    this.speed[car] = wheels / 2
    return car
  }
}

const told = (cars: Cars, car: number): number[] => [
  cars.wheels[car],
  cars.plate[car],
  cars.plate[car + 1],
  cars.speed[car],
]
const of = (wheels: number): number[] => [wheels, 10 * wheels, 10 * wheels + 1, wheels / 2]

test('each record keeps its own, however many there are', () => {
  const cars = new Cars()
  const handles = Array.from({ length: 1000 }, (_, i) => cars.open(i))
  expect(new Set(handles).size).toBe(1000)
  handles.forEach((car, i) => {
    expect(told(cars, car)).toEqual(of(i))
  })
})

test('a handle given back is handed out again, and the map of those that are out knows', () => {
  const cars = new Cars()
  const [first, second] = [cars.open(1), cars.open(2)]
  cars.pool.release(first)
  const live = (): number[] => [...cars.pool.liveMap().entries()].filter(([, is]) => is === 1).map(([car]) => car)
  expect(live()).toEqual([second])
  expect(cars.open(3)).toBe(first)
  expect(live()).toEqual([first, second])
})

test('what is saved can be put back many times, also into a table with less or more room', () => {
  const cars = new Cars()
  const handles = Array.from({ length: 200 }, (_, i) => cars.open(i))
  const saved = cars.save()
  for (const car of handles) cars.speed[car] = -1
  const other = new Cars()
  const larger = new Cars()
  for (let i = 0; i < 500; i += 1) larger.open(i)
  for (const table of [cars, other, larger]) {
    table.restore(saved)
    expect(handles.map((car) => told(table, car))).toEqual(handles.map((_, i) => of(i)))
    expect(table.save()).toEqual(saved)
    // What was never handed out is empty again.
    const fresh = table['take']()
    expect(told(table, fresh)).toEqual([0, 0, 0, 0])
  }
  expect(told(cars, handles[7])).toEqual(of(7))
})

test('one record copied is as the other', () => {
  const cars = new Cars()
  const [from, to, beside] = [cars.open(5), cars.open(6), cars.open(7)]
  cars.copy(from, to)
  expect([from, to, beside].map((car) => told(cars, car))).toEqual([of(5), of(5), of(7)])
})

test('a table with more fields than it is wide is refused', () => {
  expect(() => new Cars(2)).toThrow('a record of 2 entries has no room for more')
})
