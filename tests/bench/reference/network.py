"""The three tiers of network.cpp as people write them in SimPy: a process per request, a resource per host and link.

Usage: network.py SECONDS; prints requests per second of processor time, requests, and the mean latency, µs.
"""
import random

import simpy

from timed import timed

MEANS = (30e-6, 60e-6, 80e-6)
HOSTS = (64, 64, 32)
CORES = (8, 8, 16)
RATE = 5e6
SECONDS_PER_BYTE = 80e-12
PROPAGATION = 0.5e-6
CALL, ANSWER = 530, 1530


class Host:
    def __init__(self, env, cores):
        self.cores = simpy.Resource(env, cores)
        self.up = simpy.Resource(env, 1)
        self.down = simpy.Resource(env, 1)


def cross(env, link, size):
    with link.request() as turn:
        yield turn
        yield env.timeout(size * SECONDS_PER_BYTE)
    yield env.timeout(PROPAGATION)


def message(env, sender, receiver, size):
    yield from cross(env, sender.up, size)
    yield from cross(env, receiver.down, size)


def request(env, tiers, latencies):
    start = env.now
    way = [random.choice(hosts) for hosts in tiers]
    for tier, host in enumerate(way):
        if tier > 0:
            yield from message(env, way[tier - 1], host, CALL)
        with host.cores.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1 / MEANS[tier]))
    for tier in (2, 1):
        yield from message(env, way[tier], way[tier - 1], ANSWER)
    latencies.append(env.now - start)


def users(env, tiers, latencies):
    while True:
        yield env.timeout(random.expovariate(RATE))
        env.process(request(env, tiers, latencies))


def start(env, latencies):
    tiers = [[Host(env, cores) for _ in range(hosts)] for hosts, cores in zip(HOSTS, CORES)]
    env.process(users(env, tiers, latencies))


timed(0.01, start)
