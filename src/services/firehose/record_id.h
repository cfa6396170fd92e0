// RecordIds as AWS shapes them: opaque text, different for each record.
#pragma once

#include <string>

#include "sys/random.h"
#include "wire/bytes.h"

namespace tidemill::firehose {

inline constexpr size_t kRecordIdBytes = 24;

inline std::string new_record_id(sys::Random& random) {
  return base64_encode(random.bytes(kRecordIdBytes));
}

}  // namespace tidemill::firehose
