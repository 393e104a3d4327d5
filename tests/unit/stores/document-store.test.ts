import { expect, test } from 'vitest'
import { checkDocument } from '../../../src/scenario/read-scenario'
import { catalog } from '../../../src/simulator/catalog'
import { emptyDocument } from '../../../src/stores/document-store'

test('a new document is a valid scenario with nothing in it', () => {
  const { scenario, problems } = checkDocument(emptyDocument, catalog)
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([])
  expect(scenario?.topology.nodes).toEqual([])
})
