// The machine's randomness: seeded from the kernel, good enough for ids and tokens that only this
// machine sees.
#pragma once

#include <random>

#include "sys/random.h"

namespace tidemill::sys {

class RealRandom : public Random {
 public:
  RealRandom();
  uint64_t u64() override { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace tidemill::sys
