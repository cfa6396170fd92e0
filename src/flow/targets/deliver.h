// What pipes and rules put into their targets inside this process: a part of the worker's command,
// so that the target's records and the worker's position appear together. Lambda functions are not
// among them: they are invoked, at least once.
#pragma once

#include <string>
#include <vector>

#include "storage/kv/store.h"
#include "sys/random.h"
#include "wire/target_arn.h"

namespace tidemill::targets {

struct Delivery {
  std::string payload;                   // the record, the message, or the detail of an event
  std::string partition_key{};           // Kinesis
  std::string log_stream{};              // log group
  Timestamp time{};                      // log group: of the message; bus: of the event
  std::string detail_type{}, source{};   // bus
  std::vector<std::string> resources{};  // bus
  // Bus: the payload is a whole event that came through this many buses before (0: it is a detail).
  uint8_t hops = 0;
};

// Puts the deliveries into `target`, in order. Fails before it has written anything:
// ResourceNotFoundException when the target does not exist, ValidationException for a delivery that
// the target cannot take. CHECKs that the target is no function.
Status deliver(kv::Transaction& tx, sys::Random& random, const TargetArn& target,
               std::vector<Delivery> deliveries, Timestamp now);

}  // namespace tidemill::targets
