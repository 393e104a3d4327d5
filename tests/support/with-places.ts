import type { ScenarioDocument } from '../../src/scenario/scenario'
import type { Fields } from './scenarios'

/** A rack with places for more instances than there are at first. */
export function withPlaces(document: ScenarioDocument, run: Fields, coldStartMs: number): ScenarioDocument {
  const application = document['application'] as { readonly services: readonly Fields[] }
  const services = application.services.map((service) => ({
    ...service,
    minReplicas: 0,
    maxReplicas: Number(service['replicas'] ?? 1) + 2,
    coldStartMs,
  }))
  return { ...document, application: { ...application, services }, run: { ...(document['run'] as Fields), ...run } }
}
