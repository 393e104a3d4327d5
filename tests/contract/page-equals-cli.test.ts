import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportAll } from '../../src/formats/export'
import { catalog } from '../../src/simulator/catalog'
import { createSimulation } from '../../src/simulator/session'
import { pathsBelow, runCommandLine, temporaryFolder } from '../support/fake-terminal'
import { galleryFolder, readScenarioFile, scenarioNames } from '../support/scenario-files'

const folder = temporaryFolder()

test.each(scenarioNames(galleryFolder))('%s: the worker and the command line give the same bytes', async (name) => {
  const { exitCode } = await runCommandLine(folder, ['run', join(galleryFolder, name), '--out', name, '--quiet'])
  expect(exitCode).toBe(0)

  let now = 0
  const simulation = createSimulation(() => (now += 1))
  const scenario = readScenarioFile(galleryFolder, name)
  simulation.load(structuredClone(scenario))
  for (let ms = 0; !simulation.advance(60 + (ms % 40)).done; ms += 7) structuredClone(simulation.partialResult())
  const result = structuredClone(simulation.result())

  const files = exportAll(result, catalog.engineVersion)
  expect(pathsBelow(join(folder, name))).toEqual(files.map((file) => file.name).sort())
  for (const file of files) expect(readFileSync(join(folder, name, file.name), 'utf8')).toBe(file.text)
})
