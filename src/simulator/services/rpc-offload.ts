import type { CoreWork } from './core-work'
import type { Machine } from './machine'
import { useEngine } from './engine-work'
import { HIDDEN, enter } from './phases'
import * as Phase from './phase'
import * as Purpose from './purpose'

/** What a message whose RPC work is on NICs does next: at the sender's NIC its bytes, then itself; its way; the same at the receiver's. */
const Via = { none: 0, sent: 1, sentBytes: 2, leaves: 3, comes: 4, cameBytes: 5 } as const

type Send = (from: number, to: number, bytes: number, purpose: number, token: number) => void

/**
 * RPC work of others on the NICs of a pool: an engine for serialization takes the bytes of a message, the NIC's cores,
 * if it has any, what each message costs. A NIC on a message's way takes it in passing; another is a detour.
 */
export class RpcOffload {
  /** NIC of each device; -1: it does its RPC work itself; -2: not looked up yet. */
  private readonly nics: Int32Array

  constructor(
    private readonly machine: Machine,
    private readonly cores: CoreWork,
    private readonly send: Send,
  ) {
    this.nics = new Int32Array(machine.devices.names.length).fill(-2)
  }

  /** The NIC that does the RPC work of a device; -1: it does it itself, as also while its NIC is known to be down or is to be emptied. */
  nicOf(device: number): number {
    const { rpc, health } = this.machine
    if (rpc.nicNode < 0) return -1
    if (this.nics[device] === -2) this.nics[device] = rpcNic(this.machine, device)
    const nic = this.nics[device]
    return nic >= 0 && health.isShunned(nic) ? -1 : nic
  }

  /** Cycles that a message of `bytes` bytes costs the cores of the device itself. */
  hostCycles(device: number, bytes: number): number {
    const { rpc, cores } = this.machine
    const nic = this.nicOf(device)
    if (nic < 0) return rpc.cyclesPerMessage + rpc.cyclesPerByte * bytes
    return cores.count[nic] > 0 ? 0 : rpc.cyclesPerMessage
  }

  /**
   * Sends a message for a token, by way of the NICs that do the RPC work of its ends.
   *
   * @param a the sender's NIC, `b` the receiver's; -1: none
   */
  carry(from: number, to: number, bytes: number, purpose: number, token: number, a: number, b: number): void {
    const { tokens } = this.machine
    if (a < 0 && b < 0) {
      this.send(from, to, bytes, purpose, token)
      return
    }
    tokens.viaTo[token] = to
    tokens.viaPurpose[token] = purpose
    tokens.viaBytes[token] = bytes
    tokens.viaSender[token] = a
    tokens.viaReceiver[token] = b
    tokens.viaAt[token] = from
    tokens.via[token] = a < 0 ? Via.leaves : Via.sent
    if (a >= 0 && a !== from && !this.passes(from, to, a)) this.hop(token, a)
    else this.goOn(token)
  }

  private hop(token: number, to: number): void {
    const { tokens } = this.machine
    const from = tokens.viaAt[token]
    tokens.viaAt[token] = to
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    this.send(from, to, tokens.viaBytes[token], Purpose.rpc, token)
  }

  /** Whether messages between two devices pass a third. */
  private passes(from: number, to: number, nic: number): boolean {
    const { routes, network } = this.machine.fabric
    if (from === to) return false
    if (nic === from || nic === to) return true
    const route = routes.between(from, to)
    return route >= 0 && routes.list[route].channels.some((channel) => network.channels[channel].to === nic)
  }

  /** Does what comes next, until the token waits for something. */
  goOn(token: number): void {
    const { tokens } = this.machine
    for (;;) {
      const via = tokens.via[token]
      tokens.via[token] += 1
      switch (via) {
        case Via.sent:
          if (this.bytesAt(token, tokens.viaSender[token])) return
          break
        case Via.sentBytes:
          if (this.messageAt(token, tokens.viaSender[token])) return
          break
        case Via.leaves: {
          if (this.towardsReceiver(token)) return
          break
        }
        case Via.comes:
          if (this.bytesAt(token, tokens.viaReceiver[token])) return
          break
        case Via.cameBytes:
          if (this.messageAt(token, tokens.viaReceiver[token])) return
          break
        default:
          this.leave(token)
          return
      }
    }
  }

  /** On the way to where the receiver's RPC work is done, or all the way where nobody else does it; says whether it goes. */
  private towardsReceiver(token: number): boolean {
    const { tokens } = this.machine
    const nic = tokens.viaReceiver[token]
    if (nic < 0) {
      this.leave(token)
      return true
    }
    const at = tokens.viaAt[token]
    const to = this.passes(at, tokens.viaTo[token], nic) ? tokens.viaTo[token] : nic
    if (to !== at) this.hop(token, to)
    return to !== at
  }

  /** The last way, or none where it is there already. */
  private leave(token: number): void {
    const { tokens } = this.machine
    const at = tokens.viaAt[token]
    const to = tokens.viaTo[token]
    tokens.via[token] = Via.none
    enter(this.machine, token, Phase.network, HIDDEN, -1, -1)
    this.send(at, to, tokens.viaBytes[token], tokens.viaPurpose[token], token)
  }

  /** The bytes go through an engine for serialization; without one they are left to the NIC's cores. */
  private bytesAt(token: number, nic: number): boolean {
    const { engines, tokens } = this.machine
    const engine = engines.pick(nic, 'serialization')
    if (engine < 0 || tokens.viaBytes[token] === 0) return false
    tokens.device[token] = nic
    useEngine(this.machine, token, engine, tokens.viaBytes[token])
    return true
  }

  private messageAt(token: number, nic: number): boolean {
    const { tokens, cores, rpc, engines } = this.machine
    if (cores.count[nic] === 0) return false
    const perByte = engines.pick(nic, 'serialization') < 0 ? rpc.cyclesPerByte * tokens.viaBytes[token] : 0
    tokens.device[token] = nic
    tokens.cycles[token] += rpc.cyclesPerMessage + perByte
    return this.cores.flush(token)
  }
}

/** The NIC that does the RPC work of a device: itself, one that it is linked to, else one of the pool in turn; -1: none. */
export function rpcNic({ devices, fabric, rpc, gpus }: Machine, device: number): number {
  if (rpc.nicNode < 0) return -1
  const first = devices.nodeFirst[rpc.nicNode]
  const end = devices.nodeFirst[rpc.nicNode + 1]
  if (device >= first && device < end) return device
  if (gpus.devices[device] !== null || devices.kinds[device] === 'nic') return -1
  const linked = fabric.network.channels
    .filter((channel) => channel.from === device && channel.to >= first && channel.to < end)
    .map((channel) => channel.to)
  const nic = linked.length > 0 ? Math.min(...linked) : first + (device % (end - first))
  const isJoined = fabric.routes.between(device, nic) >= 0 && fabric.routes.between(nic, device) >= 0
  return isJoined ? nic : -1
}
