"""Three tiers of 8, 8 and 4 servers as people write them in SimPy: a process per request, a resource per tier.

Usage: chain.py SECONDS; prints requests per second of processor time, requests, and the mean latency, µs.
"""
import random
import sys
import time

import simpy

MEANS = (100e-6, 200e-6, 150e-6)
RATE = 16000


def request(env, tiers, latencies):
    start = env.now
    for tier, mean in zip(tiers, MEANS):
        with tier.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1 / mean))
    latencies.append(env.now - start)


def users(env, tiers, latencies):
    while True:
        yield env.timeout(random.expovariate(RATE))
        env.process(request(env, tiers, latencies))


seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2
random.seed(1)
env = simpy.Environment()
tiers = [simpy.Resource(env, capacity) for capacity in (8, 8, 4)]
latencies = []
env.process(users(env, tiers, latencies))
began = time.process_time()
env.run(until=seconds)
spent = time.process_time() - began
print(f"{len(latencies) / spent:.0f} {len(latencies)} {sum(latencies) / len(latencies) * 1e6:.6f}")
