import { measureChain } from './chain'
import { PENDING, measureHold } from './hold'

declare function postMessage(message: unknown): void

for (const pending of PENDING) postMessage({ hold: measureHold(pending) })
postMessage({ chain: measureChain('free') })
postMessage({ chain: measureChain('rack') })
postMessage(null)
