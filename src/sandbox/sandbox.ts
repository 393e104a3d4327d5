import { EvalFlags, Intrinsics, JSException, QuickJS, type JSValueHandle, type QuickJSOptions } from 'quickjs-wasi'
import { Failure, failureOf } from './failure'
import { prelude } from './prelude'

/** Names of the files that the sandbox speaks of in its stacks. */
const RULE = 'policy.js'
const PRELUDE = 'unrack.js'

/** The engine counts jumps back, calls and steps of patterns, and asks after every 10000 whether to go on. */
const MOST_ASKED = 300
/** A rule may hold so much memory, bytes; the engine itself needs about 1 MiB of it. */
const MOST_MEMORY = 16 * 1024 * 1024
const MOST_STACK = 128 * 1024
/** Text of a state, characters. */
const MOST_STATE = 256 * 1024

/** What a rule answered, as plain data. */
export interface Ruling {
  readonly answer: unknown
  /** What it is, where JSON does not tell: `function`, `a promise`, `undefined`. */
  readonly sort: string
  /** What it remembers, JSON text. */
  readonly state: string
}

/** QuickJS as WebAssembly: its bytes, or compiled. */
export type Engine = NonNullable<QuickJSOptions['wasm']>

interface Heap {
  readonly buffer: { readonly byteLength: number }
}

export interface SandboxParts {
  /** The compiled engine. */
  readonly engine: Engine
  /** What the person wrote. */
  readonly code: string
  /** The function in it that decides. */
  readonly entry: string
  /** Plain data. */
  readonly parameters: unknown
}

/** How often the engine has asked whether to go on, and how often it may. */
interface Count {
  asked: number
  most: number
}

/**
 * One rule, shut in an engine of its own (QuickJS in WebAssembly): it reaches nothing but what it is given. It decides as
 * a function of its arguments, its state and the draws alone: every decision begins its code anew with the built-ins frozen.
 */
export class Sandbox {
  private readonly make: JSValueHandle
  private readonly decideIn: JSValueHandle
  /** Why it can decide no more; null while it can. */
  private broken: Failure | null = null

  /** @throws Failure where the code has no such function, or is wrong */
  static async create(parts: SandboxParts): Promise<Sandbox> {
    const count: Count = { asked: 0, most: Infinity }
    let heap: Heap | null = null
    const vm = await QuickJS.create({
      wasm: parts.engine,
      memoryLimit: 2 * MOST_MEMORY,
      maxStackSize: MOST_STACK,
      interruptHandler: () => {
        count.asked += 1
        return count.asked >= count.most
      },
      intrinsics: Intrinsics.EVAL | Intrinsics.REGEXP | Intrinsics.JSON | Intrinsics.MAP_SET | Intrinsics.PROMISE,
      // No clock, no chance, no output.
      wasi: (memory: Heap) => {
        heap = memory
        return { clock_time_get: () => NOT_THERE, random_get: () => NOT_THERE, fd_write: () => NOT_THERE }
      },
      timezoneOffset: 0,
    })
    const [bind, decideIn] = vm
      .evalCode(prelude, PRELUDE)
      .consume((pair) => [pair.getProp('0'), pair.getProp('1')] as const)
    return new Sandbox(vm, count, () => heap?.buffer.byteLength ?? 0, decideIn, bind, parts)
  }

  private constructor(
    private readonly vm: QuickJS,
    private readonly count: Count,
    /** Never less than before: what was too much once shows for ever, also where the rule hides it. */
    private readonly heapBytes: () => number,
    decideIn: JSValueHandle,
    bind: JSValueHandle,
    { code, entry, parameters }: SandboxParts,
  ) {
    this.decideIn = decideIn
    const outer = this.limited(() => {
      vm.evalCode(code, RULE, EvalFlags.COMPILE_ONLY | EvalFlags.STRICT).dispose() // alone: what is wrapped below cannot break out of its wrapping
      return vm.evalCode(
        `(parameters => () => { "use strict";\n${code}\n;return typeof ${entry} === "function" ? ${entry} : null })`,
        RULE,
      )
    }, 0)
    this.make = this.limited(
      () => vm.callFunction(bind, vm.undefined, outer, vm.newString(JSON.stringify(parameters ?? {}))),
      1,
    )
    this.limited(() => {
      const made = vm.callFunction(this.make, vm.undefined)
      if (!made.isFunction) throw new Failure(`it has no function "${entry}"`, null)
      made.dispose()
    }, 1)
  }

  /**
   * @param args plain data; the rule gets them frozen, and the state behind them
   * @param state JSON text
   * @param draws four words that seed its chance
   * @throws Failure in words, with the line
   */
  decide(args: readonly unknown[], state: string, draws: ArrayLike<number>): Ruling {
    if (this.broken !== null) throw this.broken
    const text = `{"args":${JSON.stringify(args)},"state":${state},"draws":[${Array.from(draws).join()}]}`
    try {
      return this.attempt(text)
    } catch (error) {
      if (!(error instanceof Failure) || !error.isLimit) throw error
      // How far the count had come before is chance: only what goes over it from a fresh count and heap is too much.
      this.alignCount()
      return this.attempt(text)
    }
  }

  private attempt(text: string): Ruling {
    const { vm } = this
    const said = this.limited(() => {
      const given = vm.newString(text)
      try {
        return vm.callFunction(this.decideIn, vm.undefined, this.make, given).consume((handle) => handle.toString())
      } finally {
        given.dispose()
      }
    }, 1)
    const waiting = this.limited(() => vm.executePendingJobs(), 1)
    if (waiting > 0)
      throw new Failure('it waits for something (import, await, a promise); a policy answers at once', null)
    if (this.heapBytes() > MOST_MEMORY) throw tooMuchMemory()
    const ruling = JSON.parse(said) as Partial<Ruling>
    const { answer, sort = '', state = 'null' } = ruling
    if (state.length > MOST_STATE)
      throw new Failure(`its state has become ${state.length} characters long, at most ${MOST_STATE}`, null)
    return { answer, sort, state }
  }

  /** Starts the engine's count and its heap afresh. */
  private alignCount(): void {
    const { vm } = this
    vm.runGC()
    this.count.asked = 0
    this.count.most = 1
    try {
      vm.evalCode('for (;;) {}', PRELUDE).dispose()
    } catch (error) {
      if (error instanceof JSException) error.dispose()
    }
  }

  /** @param shift lines that stand before those of the person */
  private limited<T>(work: () => T, shift: number): T {
    this.count.asked = 0
    this.count.most = MOST_ASKED
    try {
      return work()
    } catch (error) {
      const failure = failureOf(error, { isOver: this.count.asked >= MOST_ASKED, file: RULE, shift })
      this.count.most = 1 // what the error itself says of itself must not run on
      if (!(error instanceof JSException) && !(error instanceof Failure)) this.broken = failure
      if (error instanceof JSException) error.dispose()
      throw failure
    }
  }
}

/** The WASI number for "not supported". */
const NOT_THERE = 58

function tooMuchMemory(): Failure {
  return new Failure(
    `it takes more memory than the ${MOST_MEMORY / 1024 / 1024} MiB that a policy may have`,
    null,
    true,
  )
}
