// Hops 4 to 6 of one delivery stream: a coroutine that reads the source, buffers for the function,
// transforms, buffers for the destination, and delivers; it ends when the delivery stream is
// deleted. Memory: one buffer of the function (3 MB at most) and one epoch (kEpochBytesMax); it
// reads no further while these are full, so the source waits, and nothing is dropped.
//
// A delivery that fails (no bucket, no table, a full disk) is tried again, with growing pauses, as
// long as it takes; the state says why. Loop thread.
#pragma once

#include <string>
#include <vector>

#include "flow/firehose/deliver.h"
#include "flow/firehose/epoch.h"
#include "flow/firehose/partition.h"
#include "flow/firehose/source.h"
#include "flow/firehose/transform.h"
#include "flow/hop_state.h"
#include "services/call/environment.h"

namespace tidemill::flow::firehose {

inline constexpr int64_t kDeliveryRetryMs = 1'000;  // doubled with each failure
inline constexpr int64_t kDeliveryRetryMaxMs = 60'000;
// With an interval of 0 the buffer is delivered as soon as the source is read to its end; under a
// load that never ends, after this long.
inline constexpr int64_t kZeroIntervalMs = 1'000;

class DeliveryStream {
 public:
  DeliveryStream(Environment& environment, const InvokeFunction& invoke, Scope scope,
                 std::string name, HopState& state);
  Task<void> run();

 private:
  using Definition = tidemill::firehose::DeliveryStreamDefinition;

  // One run with one version of the definition, from the saved position. Ends with an Error when a
  // delivery failed, with ok when the definition changed or is gone.
  Task<Status> run_version(Definition stream);
  bool is_current(const kv::View& view, const Definition& stream) const;

  Environment& environment_;
  const InvokeFunction& invoke_;
  const Scope scope_;
  const std::string name_;
  HopState& state_;
};

}  // namespace tidemill::flow::firehose
