// Three tiers of 8, 8 and 4 servers, first come first served, 16,000 requests/s, exponential work of 100, 200 and 150 µs:
// a lean simulation that keeps the sum of latencies and nothing else.
// Usage: chain SECONDS; prints requests per second of processor time (best of several runs), requests, and the mean latency, µs.
#include <cmath>
#include <cstdlib>
#include <vector>

#include "parts.h"

struct Chain {
  const double means[3] = {100e6, 200e6, 150e6};  // ps
  const int servers[3] = {8, 8, 4};
  int busy[3] = {0, 0, 0};
  Waiting waiting[3];
  /** Kinds of events: -1 an arrival, otherwise the tier whose server is done. */
  EventQueue queue;
  std::vector<double> arrived;
  std::vector<int32_t> free;
  Random random{1};
  double now = 0, sum = 0;
  uint64_t done = 0;

  void schedule(double delay, int tier, int request) { queue.schedule(now + std::floor(delay + 0.5), tier, request); }
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
    while (queue.nextTime() < end) {
      const Event event = queue.pop();
      now = event.time;
      if (event.kind < 0) arrive();
      else leave(event.kind, event.request);
    }
  }
};

int main(int argc, char** argv) { return timed<Chain>(argc > 1 ? atof(argv[1]) : 10); }
