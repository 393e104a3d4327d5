import { expose } from 'comlink'
import { afterEach, expect, test } from 'vitest'
import { createValidationClient } from '../../../src/client/validation-client'
import type { PageWorker } from '../../../src/client/worker-connection'

/** The page's end of a channel to a worker that answers every case, and counts who listens to it. */
class FakeWorker extends EventTarget {
  listeners = 0
  private readonly channel = new MessageChannel()

  constructor() {
    super()
    expose({ run: (id: string) => Promise.resolve({ id }) }, this.channel.port2)
    this.channel.port1.onmessage = (event: MessageEvent<unknown>) =>
      this.dispatchEvent(new MessageEvent('message', { data: event.data }))
    this.channel.port1.start()
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.channel.port1.postMessage(message, transfer)
  }

  terminate(): void {
    this.channel.port1.close()
    this.channel.port2.close()
  }

  override addEventListener(...given: Parameters<EventTarget['addEventListener']>): void {
    if (given[0] === 'message') this.listeners += 1
    super.addEventListener(...given)
  }

  override removeEventListener(...given: Parameters<EventTarget['removeEventListener']>): void {
    if (given[0] === 'message') this.listeners -= 1
    super.removeEventListener(...given)
  }
}

const made: FakeWorker[] = []
const client = createValidationClient(() => {
  const worker = new FakeWorker()
  made.push(worker)
  return worker as unknown as PageWorker
})

afterEach(() => {
  client.stop()
  made.length = 0
})

test('case after case runs over one connection to the worker, which nothing can let go before its end', async () => {
  const listening: number[] = []
  for (const id of ['B1', 'B2', 'B3']) {
    await expect(client.run(id, 'short', () => undefined)).resolves.toMatchObject({ id })
    listening.push(made[0].listeners)
  }
  expect(made).toHaveLength(1)
  expect(listening).toEqual([1, 1, 1])
})
