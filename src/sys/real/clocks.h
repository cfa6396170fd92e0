// The machine's clock, and the one a test moves.
#pragma once

#include <atomic>

#include "sys/clock.h"

namespace tidemill::sys {

class RealClock : public Clock {
 public:
  Timestamp now() const override;
  int64_t monotonic_ns() const override;
};

// Stands still until it is moved (`--clock manual`). Moved on the loop thread, read anywhere.
class ManualClock : public Clock {
 public:
  explicit ManualClock(Timestamp start) : now_(start.milliseconds) {}
  Timestamp now() const override { return Timestamp{now_.load()}; }
  int64_t monotonic_ns() const override { return RealClock().monotonic_ns(); }
  void set(Timestamp time) { now_ = time.milliseconds; }

 private:
  std::atomic<int64_t> now_;
};

}  // namespace tidemill::sys
