/**
 * What stands in the sandbox before a rule does: the language without clock, chance, code from text and waiting, every
 * built-in frozen, so that a rule can keep nothing but in its state. Its value is a list of two functions: one that
 * gives a rule its parameters, and one that has it decide. Text goes in, text comes out.
 */
export const prelude = String.raw`(() => {
  'use strict'
  const { parse, stringify } = JSON
  const { defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf } = Object
  const { apply, ownKeys } = Reflect
  const { isArray } = Array
  const isPromise = (value) => value instanceof Promise_
  const Promise_ = Promise

  // What a policy may look for and not find, and what there is instead.
  const only = 'a policy sees its arguments, its parameters and its state, and nothing else'
  const absent = {
    Date: 'take the time from what the policy is shown',
    eval: 'code cannot be made from text',
    console: 'say it in the reason',
    Promise: 'a policy answers at once',
    queueMicrotask: 'a policy answers at once',
    setTimeout: 'a policy answers at once',
    setInterval: 'a policy answers at once',
    BigInt: 'numbers are doubles',
    performance: 'take the time from what the policy is shown',
    crypto: 'Math.random draws from the seed of the run',
  }
  const elsewhere = 'fetch XMLHttpRequest WebSocket EventSource WebAssembly Worker SharedWorker postMessage importScripts require process'
    + ' module exports window self document navigator location localStorage sessionStorage indexedDB caches Atomics SharedArrayBuffer'
    + ' Proxy WeakRef FinalizationRegistry'
  const refuse = (name, why) => () => { throw new TypeError(name + ' is not available: ' + why) }
  const hide = (name, why) => {
    const get = refuse(name, why)
    defineProperty(globalThis, name, { get, set: get, enumerable: false, configurable: false })
  }
  for (const name of ownKeys(absent)) hide(name, absent[name])
  for (const name of elsewhere.split(' ')) hide(name, only)
  delete globalThis.AsyncDisposableStack

  // No code from text, by whatever door.
  const noCode = function Function() { throw new TypeError('Function is not available: code cannot be made from text') }
  noCode.prototype = Function.prototype
  const functions = [function () {}, function* () {}, async function () {}, async function* () {}]
  for (const one of functions)
    defineProperty(getPrototypeOf(one), 'constructor', { value: noCode, writable: false, configurable: false })
  defineProperty(globalThis, 'Function', { value: noCode, writable: false, configurable: false })

  // Native loops that nobody counts end by a limit on what they go over.
  const guardLists = (prototype) => {
    for (const name of ownKeys(prototype)) {
      const native = prototype[name]
      if (typeof native !== 'function' || name === 'constructor') continue
      const guarded = { [name](...given) {
        if (!isArray(this)) throw new TypeError('Array.prototype.' + String(name) + ' is for arrays alone')
        if (this.length > 1e6) throw new RangeError('an array of ' + this.length + ' items is too long: at most 1000000')
        return apply(native, this, given)
      } }[name]
      defineProperty(prototype, name, { value: guarded })
    }
  }
  guardLists(Array.prototype)
  for (const name of ['indexOf', 'lastIndexOf', 'includes', 'split', 'replace', 'replaceAll']) {
    const native = String.prototype[name]
    const guarded = { [name](sought, ...rest) {
      const text = String(this)
      const what = sought instanceof RegExp ? sought : String(sought)
      if (typeof what === 'string' && text.length * what.length > 1e7) throw new RangeError('the texts are too long to search')
      return sought === undefined && name === 'split' ? [text] : apply(native, text, [what, ...rest])
    } }[name]
    defineProperty(String.prototype, name, { value: guarded })
  }

  // Chance: sfc32, seeded anew for each decision.
  let a = 0, b = 0, c = 0, d = 0
  const word = () => {
    const next = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + next) | 0
    return next >>> 0
  }
  Math.random = function random() { return (word() * 1048576 + (word() >>> 12) + 0.5) * 2.220446049250313e-16 }

  // All that is built in, frozen.
  const seen = new Set()
  const harden = (value) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return
    seen.add(value)
    freeze(value)
    harden(getPrototypeOf(value))
    for (const key of ownKeys(value)) {
      const own = getOwnPropertyDescriptor(value, key)
      harden(own.value)
      harden(own.get)
      harden(own.set)
    }
  }
  for (const one of functions) harden(one)
  for (const one of [[][Symbol.iterator](), ''[Symbol.iterator](), new Map().entries(), new Set().values(), 'a'.matchAll(/a/g)])
    harden(one)
  harden((async () => {})())
  harden(globalThis)

  const frozen = (value) => {
    if (typeof value !== 'object' || value === null) return value
    for (const key in value) if (typeof value[key] === 'object') frozen(value[key])
    return freeze(value)
  }
  const sortOf = (value) =>
    value === null ? 'null' : isArray(value) ? 'a list' : isPromise(value) ? 'a promise' : typeof value

  return [
    (outer, parameters) => outer(frozen(parse(parameters))),
    (make, text) => {
      const given = parse(text)
      const [s0, s1, s2, s3] = given.draws
      a = s0 | 0; b = s1 | 0; c = s2 | 0; d = s3 | 0
      const { args, state } = given
      for (let i = 0; i < args.length; i += 1) frozen(args[i])
      args[args.length] = state
      const answer = make()(...args)
      return stringify({ sort: sortOf(answer), answer, state: stringify(state) })
    },
  ]
})()`
