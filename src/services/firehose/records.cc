#include "services/firehose/records.h"

#include <fmt/format.h>

namespace tidemill::firehose {

Status append_records(kv::Transaction& tx, const Scope& scope, const std::string& delivery_stream,
                      const std::vector<std::string>& records, Timestamp now) {
  const auto direct_put = takes_direct_put(tx, scope, delivery_stream);
  if (!direct_put) {
    return errors::ResourceNotFoundException(
        fmt::format("Firehose {} not found under account {}.", delivery_stream, scope.account));
  }
  if (!*direct_put) {
    return errors::InvalidArgumentException(
        "This operation is not permitted on KinesisStreamAsSource delivery stream type.");
  }
  const log::Log log = direct_put_log(scope, delivery_stream);
  for (const std::string& record : records) {
    if (record.size() > kRecordBytesMax) {
      return errors::InvalidArgumentException(
          fmt::format("Record size of {} bytes exceeds the limit of {} bytes.", record.size(),
                      kRecordBytesMax));
    }
    log.append(tx, now, record);
  }
  return ok();
}

}  // namespace tidemill::firehose
