"""How the SimPy programs are timed."""
import random
import sys
import time

import simpy


def timed(seconds, start):
    """Runs a model for the seconds of the command line, or else `seconds`; `start(env, latencies)` begins it.

    Prints requests per second of processor time, requests, and the mean latency, µs.
    """
    if len(sys.argv) > 1:
        seconds = float(sys.argv[1])
    random.seed(1)
    env = simpy.Environment()
    latencies = []
    start(env, latencies)
    began = time.process_time()
    env.run(until=seconds)
    spent = time.process_time() - began
    print(f"{len(latencies) / spent:.0f} {len(latencies)} {sum(latencies) / len(latencies) * 1e6:.6f}")
