// The hold model on std::priority_queue: the earliest event pops and one is scheduled, over and over.
// Usage: hold PENDING ROUNDS; prints the least nanoseconds of processor time per round over several windows, and a hash of what popped.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <queue>
#include <vector>

#include "parts.h"

/** sfc32 (C. Doty-Humphrey), seeded like the TypeScript side. */
static uint32_t state[4] = {1, 2, 3, 4};
static uint32_t next_uniform() {
  const uint32_t next = state[0] + state[1] + state[3]++;
  state[0] = state[1] ^ (state[1] >> 9);
  state[1] = state[2] + (state[2] << 3);
  state[2] = ((state[2] << 21) | (state[2] >> 11)) + next;
  return next;
}

int main(int argc, char** argv) {
  const int pending = argc > 1 ? atoi(argv[1]) : 10000;
  const int rounds = argc > 2 ? atoi(argv[2]) : 1000000;
  std::vector<double> delays(65536);
  for (double& delay : delays) delay = std::floor(-1e6 * std::log((next_uniform() + 0.5) / 4294967296.0) + 0.5);
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  uint32_t drawn = 0;
  uint64_t order = 0;
  for (int i = 0; i < pending; i += 1) queue.push({delays[drawn++ & 65535], order++, 0, i});
  double best = 1e30;
  int32_t hash = 0;
  for (int window = 0; window < 6; window += 1) {
    const clock_t start = std::clock();
    for (int i = 0; i < rounds; i += 1) {
      const Event first = queue.top();
      queue.pop();
      hash = static_cast<int32_t>(static_cast<uint32_t>(hash) * 31u + static_cast<uint32_t>(first.request));
      queue.push({first.time + delays[drawn++ & 65535], order++, 0, first.request});
    }
    const double ns = static_cast<double>(std::clock() - start) * 1e9 / CLOCKS_PER_SEC;
    if (window > 0) best = std::min(best, ns / rounds);
  }
  std::printf("%.3f %d\n", best, hash);
}
