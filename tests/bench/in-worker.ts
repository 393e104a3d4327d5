import { describeChain, measureChain } from './chain'
import { benchHold } from './hold'

declare function postMessage(message: unknown): void

benchHold((line) => {
  postMessage(line)
})
postMessage(describeChain(measureChain(10)))
postMessage(null)
