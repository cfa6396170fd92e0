// What a worker shows of itself: where it reads, how far it has come, how it goes. The console, the
// metrics page and `tidemill status` print these; nothing is decided by them.
#pragma once

#include <cstdint>
#include <list>
#include <string>

#include "wire/bytes.h"

namespace tidemill::flow {

// Written by its worker, read by the pages; loop thread only. Counters are since the start of the
// process.
struct HopState {
  std::string hop;           // as in journey.h: "pipe", "delivery"
  std::string name;          // "pipes/orders-to-stream"
  std::string reads;         // what it reads: an ARN
  std::string writes;        // what it writes: an ARN
  uint64_t position = 0;     // of the next record to read, in its first shard
  uint64_t lag_records = 0;  // records that wait for it
  uint64_t records_in = 0;
  uint64_t records_out = 0;
  uint64_t rejected = 0;  // sent to the error destination
  uint64_t dropped = 0;   // because the user's filter or function said so
  uint64_t retries = 0;
  std::string last_error;
  Timestamp last_commit{};
  bool stopped = false;  // by a fault; last_error says which
};

// A part of the environment. The addresses of states do not move.
class HopStates {
 public:
  HopState& add(HopState state) { return states_.emplace_back(std::move(state)); }
  void remove(const HopState& state) {
    states_.remove_if([&state](const HopState& one) { return &one == &state; });
  }
  const std::list<HopState>& all() const { return states_; }

 private:
  std::list<HopState> states_;
};

}  // namespace tidemill::flow
