// Writes the lines of functions to their log streams. Lines gather while a write is on its way, so
// one command carries all that came in the meantime: many invocations, one sync.
//
// Loop thread only. Lines that are not yet written are lost by a crash, as on AWS. When the store
// refuses (a full disk) they are kept and tried again; beyond kPendingBytesMax new lines are
// counted and one line says how many are missing.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "services/call/environment.h"
#include "services/logs/log_events.h"

namespace tidemill::lambda {

class LogWriter {
 public:
  static constexpr size_t kPendingBytesMax = 64U << 20;
  static constexpr int64_t kRetryMs = 1000;

  explicit LogWriter(tidemill::Environment& environment) : environment_(environment) {}

  void add(const Scope& scope, const std::string& group, const std::string& stream,
           std::string line);

 private:
  using Place = std::tuple<Scope, std::string, std::string>;
  using Batch = std::map<Place, std::vector<logs::LogEvent>>;
  Task<void> write();

  tidemill::Environment& environment_;
  Batch pending_;
  size_t pending_bytes_ = 0;
  uint64_t missing_ = 0;
  bool writing_ = false;
};

}  // namespace tidemill::lambda
