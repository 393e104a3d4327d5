// What the lean programs share: a queue of events, random numbers, a line of requests that wait, and how they are timed.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <queue>
#include <vector>

struct Event {
  double time;
  uint64_t order;
  int32_t kind;
  int32_t request;
};
struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
  }
};

/** Events in order of time, those of one time in the order in which they were scheduled; it must not be empty. */
struct EventQueue {
  std::priority_queue<Event, std::vector<Event>, Later> events;
  uint64_t order = 0;
  void schedule(double time, int kind, int request) { events.push({time, order++, kind, request}); }
  double nextTime() const { return events.top().time; }
  Event pop() {
    const Event event = events.top();
    events.pop();
    return event;
  }
};

/** xoshiro256++ (D. Blackman, S. Vigna). */
struct Random {
  uint64_t s[4];
  explicit Random(uint64_t seed) {
    for (uint64_t& word : s) {
      seed += 0x9e3779b97f4a7c15u;
      uint64_t z = seed;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      word = z ^ (z >> 31);
    }
  }
  static uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  uint64_t next() {
    const uint64_t result = rotate(s[0] + s[3], 23) + s[0];
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
  }
  double exponential(double mean) { return -mean * std::log((static_cast<double>(next() >> 12) + 0.5) * 0x1p-52); }
  int below(int n) { return static_cast<int>(((next() >> 32) * static_cast<uint64_t>(n)) >> 32); }
};

/** Requests that wait, first in first out, in a ring that grows. */
struct Waiting {
  std::vector<int32_t> ring = std::vector<int32_t>(64);
  size_t head = 0, size = 0;
  void push(int32_t request) {
    if (size == ring.size()) {
      std::vector<int32_t> larger(size * 2);
      for (size_t i = 0; i < size; i += 1) larger[i] = ring[(head + i) % size];
      ring.swap(larger);
      head = 0;
    }
    ring[(head + size++) & (ring.size() - 1)] = request;
  }
  int32_t pop() {
    const int32_t request = ring[head];
    head = (head + 1) & (ring.size() - 1);
    size -= 1;
    return request;
  }
};

/** Runs a model several times; prints requests per second of processor time (the best), requests, and the mean latency, µs. */
template <typename Model>
int timed(double seconds) {
  double best = 0, mean = 0;
  unsigned long long requests = 0;
  for (int run = 0; run < 5; run += 1) {
    Model model;
    const clock_t start = std::clock();
    model.run(seconds * 1e12);
    const double spent = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    best = std::max(best, static_cast<double>(model.done) / spent);
    mean = model.sum / static_cast<double>(model.done) / 1e6;
    requests = model.done;
  }
  std::printf("%.0f %llu %.6f\n", best, requests, mean);
  return 0;
}
