import { measureChain } from './chain'

/** One run of the three tiers, for counting its instructions. */
measureChain('free', Number(process.argv[2] ?? 1), 1)
