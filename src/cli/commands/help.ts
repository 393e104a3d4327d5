/** The page of `unrack --help`; it fits 100 columns. */
export const helpText = `unrack: a laboratory for disaggregated racks, without the browser

  unrack run SCENARIO.json --out DIR   simulate, and write the result files into DIR
      --seed N             instead of run.seed
      --replications N     instead of run.replications
      --fidelity F         instead of run.fidelity
      --set PATH=VALUE     any field, e.g. --set topology.nodes[0].count=8; may be given several times
      --policy KIND=FILE.js
                           a rule of your own, in JavaScript: docs/your-own-policy.md
      --quiet              no progress and no summary line
  unrack branch SCENARIO.json --at SECONDS --set PATH=VALUE --out DIR
                                       the run as it is (DIR/a), the same run with something changed
                                       from a moment on (DIR/b), and what that did (DIR/difference.csv)
      --set PATH=VALUE     a policy or a parameter of it, e.g. --set policies.migration.use=never
      --order JSON         one more order; --fault JSON one more fault, at or after the moment
      --drop PATH          leave out an order or a fault to come, e.g. --drop policies.orders[0]
      --seed N, --replications N, --quiet as above; intervals are over replications, or requests
  unrack check SCENARIO.json           say what is wrong in a scenario
  unrack import jaeger FILE-OR-FOLDER… --out SCENARIO.json
                                       make a scenario from Jaeger traces (.json, .json.gz, folders of them)
      --report FILE        write what was read, used and dropped as JSON
      --quiet              no summary
  unrack --help, unrack --version

Exit code: 0 done; 1 the work failed; 2 bad arguments or a bad scenario, and nothing was written.
Progress and problems go to standard error. The page's Export writes the same files, byte for byte.
`
