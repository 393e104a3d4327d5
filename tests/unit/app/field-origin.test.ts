import { expect, test } from 'vitest'
import { fieldOrigin } from '../../../src/app/field-origin'
import { catalog } from '../../../src/simulator/catalog'

const gpu = catalog.hardware.gpu
const field = (name: string) => {
  const found = gpu.fields.find((one) => one.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

test('a figure that a preset assumes is told apart from one that it cites', () => {
  const preset = gpu.presets.find((one) => one.assumed.length > 0 && one.cited.some((each) => each.fields.length > 0))
  if (preset === undefined) throw new Error('no preset has both')
  const [assumed] = preset.assumed
  const [citation] = preset.cited
  expect(fieldOrigin(gpu, field(assumed), preset.name)).toMatchObject({ kind: 'assumed' })
  expect(fieldOrigin(gpu, field(assumed), preset.name).text).toContain(preset.label)
  const cited = fieldOrigin(gpu, field(citation.fields[0]), preset.name)
  expect(cited.kind).toBe('cited')
  expect(cited.text).toContain(citation.source)
})

test('round figures of a plain device are assumed; choices are a rule of the format', () => {
  expect(fieldOrigin(gpu, { ...field('streams'), source: 'assumed' }, '').kind).toBe('assumed')
  expect(fieldOrigin(gpu, { ...field('streams'), source: 'NVIDIA H100 data sheet' }, '')).toEqual({
    kind: 'cited',
    text: 'Source: NVIDIA H100 data sheet.',
  })
  expect(fieldOrigin(gpu, { ...field('streams'), type: 'choice' }, '').kind).toBe('rule')
})
