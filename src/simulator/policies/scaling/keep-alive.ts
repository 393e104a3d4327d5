import { number } from '../../../scenario/presets/describe'
import { controlPeriod, enoughForAll } from './parameters'
import type { Keep, ScalingPolicy, ScalingView, ScalingWatch } from './scaling-policy'

/** Serverless: an idle instance stays for a fixed time and then ends; the first request after that starts one. */
export const keepAlive: ScalingPolicy = {
  name: 'keep-alive',
  summary: 'Serverless: instances start when requests find none free, and end after a fixed time without any.',
  parameters: [
    number('keepAliveMs', 'Keep-alive', 'ms', 600, 'How long an idle instance stays before it ends.', {
      maximum: 1e9,
      source: 'Shahrad et al., ATC 2020, section 2: 10 and 20 minutes; here a thousandth',
    }),
    controlPeriod,
  ],
  watch: (parameters) => new FixedKeep(Number(parameters['keepAliveMs'])),
}

class FixedKeep implements ScalingWatch {
  readonly toZero = true

  constructor(private readonly keepMs: number) {}

  decide(view: ScalingView): ReturnType<typeof enoughForAll> {
    return enoughForAll(view)
  }

  keep(): Keep {
    return {
      keepMs: this.keepMs,
      prewarmMs: Infinity,
      thenKeepMs: 0,
      reason: `no request for ${this.keepMs} ms`,
      saw: [{ name: 'keep-alive', value: `${this.keepMs} ms` }],
    }
  }

  cameAfter(): void {
    // the time is fixed
  }

  save(): { readonly [key: string]: readonly number[] } {
    return {}
  }

  restore(): void {
    // nothing to remember
  }
}
