// Capacity units, as DynamoDB counts them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
#pragma once

#include <cstddef>

namespace tidemill::dynamodb {

// One write unit for each KiB begun, at least one.
inline double write_units(size_t bytes) {
  return bytes == 0 ? 1 : static_cast<double>((bytes + 1023) / 1024);
}

// One read unit for each 4 KiB begun, at least one; half of that when eventually consistent.
inline double read_units(size_t bytes, bool consistent) {
  const double whole = bytes == 0 ? 1 : static_cast<double>((bytes + 4095) / 4096);
  return consistent ? whole : whole / 2;
}

}  // namespace tidemill::dynamodb
