import { commandLine } from './command-line'
import { processTerminal } from './terminal'

process.exitCode = await commandLine(process.argv.slice(2), processTerminal())
