"""Three tiers of 8, 8 and 4 servers as people write them in SimPy: a process per request, a resource per tier.

Usage: chain.py SECONDS; prints requests per second of processor time, requests, and the mean latency, µs.
"""
import random

import simpy

from timed import timed

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


def start(env, latencies):
    tiers = [simpy.Resource(env, capacity) for capacity in (8, 8, 4)]
    env.process(users(env, tiers, latencies))


timed(2, start)
