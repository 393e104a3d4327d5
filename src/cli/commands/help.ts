/** The page of `unrack --help`; it fits 100 columns. */
export const helpText = `unrack: a laboratory for disaggregated racks, without the browser

  unrack run SCENARIO.json --out DIR   simulate, and write the result files into DIR
      --seed N             instead of run.seed
      --replications N     instead of run.replications
      --fidelity F         instead of run.fidelity
      --set PATH=VALUE     any field, e.g. --set topology.nodes[0].count=8; may be given several times
      --quiet              no progress and no summary line
  unrack check SCENARIO.json           say what is wrong in a scenario
  unrack import jaeger FILE-OR-FOLDER… --out SCENARIO.json
                                       make a scenario from Jaeger traces (.json, .json.gz, folders of them)
      --report FILE        write what was read, used and dropped as JSON
      --quiet              no summary
  unrack --help, unrack --version

Exit code: 0 done; 1 the work failed; 2 bad arguments or a bad scenario, and nothing was written.
Progress and problems go to standard error. The page's Export writes the same files, byte for byte.
`
