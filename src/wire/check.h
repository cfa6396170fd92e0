// CHECK: a broken invariant stops the process, in release builds too; a restart recovers from the
// log. User input never reaches a CHECK: it was refused before.
#pragma once

namespace tidemill {

// Prints "CHECK failed: <expression> at <file>:<line>" to stderr and aborts.
[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace tidemill

#define CHECK(expression) \
  ((expression) ? static_cast<void>(0) : ::tidemill::check_failed(#expression, __FILE__, __LINE__))
