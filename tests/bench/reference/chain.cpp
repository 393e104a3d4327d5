// Three tiers of 8, 8 and 4 servers, first come first served, 16,000 requests/s, exponential work of 100, 200 and 150 µs:
// a lean simulation that keeps the sum of latencies and nothing else.
// Usage: chain SECONDS; prints requests per second of processor time (best of several runs), requests, and the mean latency, µs.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <queue>
#include <vector>

struct Event {
  double time;
  uint64_t order;
  int32_t tier;  // -1: an arrival; otherwise the tier whose server is done
  int32_t request;
};
struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
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

struct Chain {
  const double means[3] = {100e6, 200e6, 150e6};  // ps
  const int servers[3] = {8, 8, 4};
  int busy[3] = {0, 0, 0};
  Waiting waiting[3];
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  std::vector<double> arrived;
  std::vector<int32_t> free;
  Random random{1};
  uint64_t order = 0;
  double now = 0, sum = 0;
  uint64_t done = 0;

  void schedule(double delay, int tier, int request) { queue.push({now + std::floor(delay + 0.5), order++, tier, request}); }
  void enter(int tier, int request) {
    if (busy[tier] == servers[tier]) {
      waiting[tier].push(request);
      return;
    }
    busy[tier] += 1;
    schedule(random.exponential(means[tier]), tier, request);
  }
  void leave(int tier, int request) {
    if (waiting[tier].size > 0) schedule(random.exponential(means[tier]), tier, waiting[tier].pop());
    else busy[tier] -= 1;
    if (tier < 2) {
      enter(tier + 1, request);
      return;
    }
    sum += now - arrived[request];
    done += 1;
    free.push_back(request);
  }
  void arrive() {
    schedule(random.exponential(1e12 / 16000), -1, 0);
    int32_t request = static_cast<int32_t>(arrived.size());
    if (free.empty()) arrived.push_back(now);
    else {
      request = free.back();
      free.pop_back();
      arrived[request] = now;
    }
    enter(0, request);
  }
  void run(double end) {
    schedule(random.exponential(1e12 / 16000), -1, 0);
    while (!queue.empty() && queue.top().time < end) {
      const Event event = queue.top();
      queue.pop();
      now = event.time;
      if (event.tier < 0) arrive();
      else leave(event.tier, event.request);
    }
  }
};

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? atof(argv[1]) : 10;
  double best = 0, mean = 0;
  unsigned long long requests = 0;
  for (int run = 0; run < 5; run += 1) {
    Chain chain;
    const clock_t start = std::clock();
    chain.run(seconds * 1e12);
    const double spent = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    best = std::max(best, static_cast<double>(chain.done) / spent);
    mean = chain.sum / static_cast<double>(chain.done) / 1e6;
    requests = chain.done;
  }
  std::printf("%.0f %llu %.6f\n", best, requests, mean);
}
