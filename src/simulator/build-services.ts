import type { CacheUse, Service } from '../scenario/scenario'
import { MIB } from '../units/data'
import { PS_PER_MS, roundHalfUp } from '../units/time'
import type { MissCurve } from './hardware/cache-sharing'
import { hitRatio } from './services/locality'
import type { ServiceSpec } from './services/instances'

export function serviceSpec(service: Service): ServiceSpec {
  const footprintBytes = service.footprintMiB * MIB
  return {
    id: service.id,
    replicas: service.replicas,
    isElastic: isElastic(service),
    slots: Math.max(service.replicas, service.maxReplicas ?? 0),
    coldStartPs: roundHalfUp((service.coldStartMs ?? 0) * PS_PER_MS),
    threads: service.threads ?? Infinity,
    queueLimit: service.queueLimit ?? Infinity,
    shedAfterPs: service.shedAfterMs === undefined ? Infinity : roundHalfUp(service.shedAfterMs * PS_PER_MS),
    dispatch: service.dispatch,
    runsOn: service.runsOn,
    footprintBytes,
    localShare: service.localShare,
    locality: service.locality,
    remoteShare: 1 - hitRatio(service.locality, service.localShare, footprintBytes),
    stateBytes: service.stateMiB === null ? -1 : service.stateMiB * MIB,
    contextBytes: service.contextKiB * 1024,
    dirtyBytesPerSecond: service.dirtyMiBps * MIB,
    writableBytes: service.writableMiB === null ? Infinity : service.writableMiB * MIB,
    pinned: service.on !== null,
    codeBytes: Math.ceil((service.codeMiB ?? 0) * MIB),
    offloadStateBytes: Math.ceil((service.offloadStateMiB ?? 0) * MIB),
    cache: missCurve(service.cache),
  }
}

function isElastic({ replicas, minReplicas, maxReplicas, coldStartMs }: Service): boolean {
  return (minReplicas ?? replicas) < replicas || (maxReplicas ?? replicas) > replicas || coldStartMs !== undefined
}

function missCurve(use: CacheUse | undefined): MissCurve | null {
  if (use === undefined) return null
  return use.model === 'curve' ? use : { ...use, workingSetMiB: use.workingSetMiB ?? Infinity }
}
