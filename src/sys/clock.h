// Time (D8). Every reading of the clock and every timer goes through here, so that a test can move
// time. Elsewhere, calling the system's clock fails lint.
#pragma once

#include <cstdint>

#include "wire/bytes.h"

namespace tidemill::sys {

// Read from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  // Wall clock. Under `--clock manual` it moves only by POST /_tidemill/clock.
  virtual Timestamp now() const = 0;
  // For measuring how long something took; always the machine's. Nanoseconds.
  virtual int64_t monotonic_ns() const = 0;
};

}  // namespace tidemill::sys
