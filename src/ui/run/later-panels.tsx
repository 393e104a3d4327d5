import { lazy, Suspense, type ComponentProps } from 'react'

/** Panels below the first figures: loaded right after the first picture, so that it need not wait for them. */
const LazyServices = lazy(async () => ({ default: (await import('../results/ServicesPanel')).ServicesPanel }))
const LazyEnergy = lazy(async () => ({ default: (await import('../results/EnergyPanel')).EnergyPanel }))
const LazyRequest = lazy(async () => ({ default: (await import('../results/RequestPanel')).RequestPanel }))

export function ServicesPanel(props: ComponentProps<typeof LazyServices>) {
  return (
    <Suspense fallback={null}>
      <LazyServices {...props} />
    </Suspense>
  )
}

export function EnergyPanel(props: ComponentProps<typeof LazyEnergy>) {
  return (
    <Suspense fallback={null}>
      <LazyEnergy {...props} />
    </Suspense>
  )
}

export function RequestPanel(props: ComponentProps<typeof LazyRequest>) {
  return (
    <Suspense fallback={null}>
      <LazyRequest {...props} />
    </Suspense>
  )
}
