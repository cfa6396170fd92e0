// Requests served, by operation: for the metrics page.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "door/protocols/dispatcher.h"

namespace tidemill {

// Loop thread.
class RequestCounts {
 public:
  struct Count {
    uint64_t requests = 0;
    uint64_t failures = 0;  // status 400 and above
    uint64_t nanoseconds = 0;
  };
  using Name = std::pair<std::string_view, std::string_view>;  // service, operation: model data

  void add(const protocols::Served& served) {
    Count& count = counts_[{served.service, served.operation}];
    ++count.requests;
    count.failures += served.status >= 400;
    count.nanoseconds += static_cast<uint64_t>(served.nanoseconds);
  }
  const std::map<Name, Count>& all() const { return counts_; }

 private:
  std::map<Name, Count> counts_;
};

}  // namespace tidemill
