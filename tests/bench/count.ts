import { RUNS, measureChain } from './chain'
RUNS.count = 1
measureChain(Number(process.argv[2] ?? 1))
