// Hop 6: an epoch becomes objects. All bytes are staged (durable, not visible) first; then one
// command publishes every object and saves the position of the source. See epoch.h for why.
#pragma once

#include <string>
#include <vector>

#include "flow/firehose/convert.h"
#include "flow/firehose/epoch.h"
#include "services/call/environment.h"
#include "services/firehose/delivery_streams.h"
#include "services/s3/objects.h"

namespace tidemill::flow::firehose {

// What one delivery did.
struct Delivered {
  uint64_t records = 0;   // rows and records in objects of the destination
  uint64_t rejected = 0;  // in objects of errors
  uint64_t objects = 0;
};

class Delivery {
 public:
  Delivery(Environment& environment, const Scope& scope,
           const tidemill::firehose::DeliveryStreamDefinition& stream);

  // Delivers `epoch` and answers when it is durable. On an Error nothing was delivered and nothing
  // is visible: the caller drops the epoch, waits, and reads again from the saved position.
  // NoSuchBucket: there is no such bucket. ResourceNotFoundException: the delivery stream was
  // deleted meanwhile.
  Task<Result<Delivered>> deliver(Epoch& epoch);

 private:
  struct Object {
    std::string bucket;
    std::string key;
    s3::Staged bytes;
  };

  Task<Status> stage_partition(Epoch& epoch, const PartitionKeys& keys, PartitionBuffer& partition);
  Task<Status> stage_converted(Epoch& epoch, const PartitionKeys& keys, PartitionBuffer& partition);
  Task<Status> stage_errors(const std::string& type, ErrorLines& errors);
  Task<Status> stage_backup(PartitionBuffer& backup);
  Task<Status> stage(std::string bucket, std::string prefix, const PrefixValues& values,
                     std::string format, std::string extension, std::string bytes);
  Status check_buckets(const Epoch& epoch) const;
  Status log_failures(kv::Transaction& tx, const Epoch& epoch) const;
  Status publish(kv::Transaction& tx, const Epoch& epoch);
  Task<Status> commit(Epoch& epoch);

  Environment& environment_;
  const Scope& scope_;
  const tidemill::firehose::DeliveryStreamDefinition& stream_;
  std::string bucket_;
  std::string time_zone_;
  std::vector<Object> objects_;
  Delivered delivered_;
  std::optional<Conversion> conversion_;
};

}  // namespace tidemill::flow::firehose
