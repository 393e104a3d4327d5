import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SECONDS, type Network } from './chain'

/** What the bench compares with, measured in the same run; null where a compiler or a package is missing. */
export interface References {
  /** Nanoseconds per hold of C++ `std::priority_queue`, by pending events. */
  readonly holdNs: (pending: number) => number | null
  /** Requests per second of three tiers in lean C++ and in SimPy. */
  readonly tiers: Readonly<Record<Network, { readonly lean: number | null; readonly simpy: number | null }>>
}

const sources = join(process.cwd(), 'tests/bench/reference')
/** Debian's interpreter, which is the one that has its packages, then whatever is on the path. */
const pythons = ['/usr/bin/python3', 'python3']

/** Runs a program; its words, or null where it cannot be run. */
function wordsOf(program: string, args: readonly string[]): readonly string[] | null {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split(' ')
  } catch {
    return null
  }
}

function numberOf(words: readonly string[] | null): number | null {
  return words === null ? null : Number(words[0])
}

/** Builds the C++ programs and runs all references once; the folder is gone afterwards. */
export function measureReferences(pendings: readonly number[]): References {
  const folder = mkdtempSync(join(tmpdir(), 'unrack-bench-'))
  const built = (name: string): string => {
    const program = join(folder, name)
    wordsOf('g++', ['-O3', '-std=c++17', '-o', program, join(sources, `${name}.cpp`)])
    return program
  }
  try {
    const hold = built('hold')
    const holds = new Map(
      pendings.map((pending) => [pending, numberOf(wordsOf(hold, [String(pending), String(Math.max(1e6, pending))]))]),
    )
    const tiers = (name: string, seconds: number, pythonSeconds: number) => ({
      lean: numberOf(wordsOf(built(name), [String(seconds)])),
      simpy: pythons.reduce<number | null>(
        (found, python) => found ?? numberOf(wordsOf(python, [join(sources, `${name}.py`), String(pythonSeconds)])),
        null,
      ),
    })
    return {
      holdNs: (pending) => holds.get(pending) ?? null,
      tiers: { free: tiers('chain', SECONDS.free, 2), rack: tiers('network', SECONDS.rack * 5, 0.01) },
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
