// Randomness: the machine's, or from a seed in tests.
#pragma once

#include <cstdint>
#include <string>

namespace tidemill::sys {

// Used from the loop thread.
class Random {
 public:
  virtual ~Random() = default;
  virtual uint64_t u64() = 0;

  std::string bytes(size_t count);
  std::string uuid();                                    // "3f2b8c1e-....", version 4
  std::string text(size_t count, const char* alphabet);  // letters drawn from `alphabet`
};

}  // namespace tidemill::sys
