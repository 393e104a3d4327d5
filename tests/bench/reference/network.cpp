// Three tiers on a rack: 64 hosts of 8 servers, 64 of 8 and 32 of 16, first come first served, with exponential work of 30, 60
// and 80 µs; 5,000,000 requests/s, each to a host of every tier drawn at random; its calls and answers of one packet cross the
// links of both hosts, 100 Gb/s and 0.5 µs each: a lean simulation that keeps the sum of latencies and nothing else.
// Usage: network SECONDS; prints requests per second of processor time (best of several runs), requests, and the mean latency, µs.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "parts.h"

constexpr double REQUESTS_PER_SECOND = 5e6, PS_PER_BYTE = 80, PROPAGATION = 500e3;
constexpr int HOSTS = 160;
/** Of the four messages of a request, calls first: the tiers they go between, and their bytes with a header. */
constexpr int FROM[4] = {0, 1, 2, 1}, TO[4] = {1, 2, 1, 0}, BYTES[4] = {530, 530, 1530, 1530};

struct Request {
  double arrived;
  int32_t host[3];
};

struct Rack {
  const double means[3] = {30e6, 60e6, 80e6};  // ps
  const int hosts[3] = {64, 64, 32}, first[3] = {0, 64, 128}, servers[3] = {8, 8, 16};
  int busy[HOSTS] = {};
  Waiting waiting[HOSTS];
  /** When the link of a host is free, to the switch and from it. */
  double up[HOSTS] = {}, down[HOSTS] = {};
  /** Kinds of events: -1 an arrival, 0 to 2 the end of work on a tier, then messages at the switch, then at their host. */
  EventQueue queue;
  std::vector<Request> requests;
  std::vector<int32_t> free;
  Random random{1};
  double now = 0, sum = 0;
  uint64_t done = 0;

  double wait(double mean) { return std::floor(random.exponential(mean) + 0.5); }
  void serve(int tier, int request) { queue.schedule(now + wait(means[tier]), tier, request); }
  void enter(int tier, int request) {
    const int host = requests[request].host[tier];
    if (busy[host] == servers[tier]) {
      waiting[host].push(request);
      return;
    }
    busy[host] += 1;
    serve(tier, request);
  }
  void cross(double& linkFree, int message, int kind, int request) {
    linkFree = std::max(now, linkFree) + BYTES[message] * PS_PER_BYTE;
    queue.schedule(linkFree + PROPAGATION, kind + message, request);
  }
  void send(int message, int request) { cross(up[requests[request].host[FROM[message]]], message, 3, request); }
  void leave(int tier, int request) {
    const int host = requests[request].host[tier];
    if (waiting[host].size > 0) serve(tier, waiting[host].pop());
    else busy[host] -= 1;
    send(tier, request);
  }
  void arrived(int message, int request) {
    if (message < 2) enter(message + 1, request);
    else if (message == 2) send(3, request);
    else {
      sum += now - requests[request].arrived;
      done += 1;
      free.push_back(request);
    }
  }
  void arrive() {
    queue.schedule(now + wait(1e12 / REQUESTS_PER_SECOND), -1, 0);
    int32_t request = static_cast<int32_t>(requests.size());
    if (free.empty()) requests.push_back({});
    else {
      request = free.back();
      free.pop_back();
    }
    requests[request].arrived = now;
    for (int tier = 0; tier < 3; tier += 1) requests[request].host[tier] = first[tier] + random.below(hosts[tier]);
    enter(0, request);
  }
  void run(double end) {
    queue.schedule(wait(1e12 / REQUESTS_PER_SECOND), -1, 0);
    while (queue.nextTime() < end) {
      const Event event = queue.pop();
      now = event.time;
      if (event.kind < 0) arrive();
      else if (event.kind < 3) leave(event.kind, event.request);
      else if (event.kind < 7) cross(down[requests[event.request].host[TO[event.kind - 3]]], event.kind - 3, 7, event.request);
      else arrived(event.kind - 7, event.request);
    }
  }
};

int main(int argc, char** argv) { return timed<Rack>(argc > 1 ? atof(argv[1]) : 0.2); }
