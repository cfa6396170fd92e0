// The hops of a running Tidemill, as GET /_tidemill/state tells them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/cli/terminal.h"
#include "wire/document.h"
#include "wire/result.h"

namespace tidemill::cli {

struct Hop {
  std::string hop;
  std::string name;
  std::string writes;
  uint64_t position = 0;
  uint64_t lag_records = 0;
  uint64_t records_in = 0;
  uint64_t records_out = 0;
  uint64_t rejected = 0;
  uint64_t dropped = 0;
  uint64_t retries = 0;
  std::string last_error;
  bool stopped = false;

  uint64_t done() const { return records_out + rejected + dropped; }
};

// InputOutput when nothing listens there, or it is not Tidemill.
Result<Document> read_state(const std::string& endpoint_url);
std::vector<Hop> hops_of(const Document& state);

// Records per second of each hop, between two readings.
class HopRates {
 public:
  // `time_ms` is monotonic.
  void add(const std::vector<Hop>& hops, int64_t time_ms);
  double rate(const Hop& hop) const;

 private:
  struct Reading {
    uint64_t records_in = 0;
    int64_t time_ms = 0;
    double rate = 0;
  };
  std::map<std::string, Reading> readings_;
};

std::string hop_table(const std::vector<Hop>& hops, const HopRates& rates);
// "pipe 1,200 (lag 3) | delivery 900 (lag 300)"
std::string hop_line(const std::vector<Hop>& hops);

}  // namespace tidemill::cli
