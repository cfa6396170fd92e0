#include "flow/firehose/firehose.h"

#include "flow/firehose/delivery_stream.h"
#include "services/firehose/delivery_streams.h"

namespace tidemill::flow::firehose {

struct DeliveryStreams::Worker {
  HopState& state;
  DeliveryStream stream;
};

DeliveryStreams::DeliveryStreams(Environment& environment, HopStates& hops, InvokeFunction invoke)
    : environment_(environment), hops_(hops), invoke_(std::move(invoke)) {}
DeliveryStreams::~DeliveryStreams() = default;

void DeliveryStreams::start() { tidemill::start(supervise()); }

Task<void> DeliveryStreams::supervise() {
  sys::Signal& signal = environment_.store.topic(tidemill::firehose::kDeliveryStreamsTopic);
  while (true) {
    const auto view = environment_.store.published();
    for (const auto& found : tidemill::firehose::all_delivery_streams(*view)) {
      Name name{found.scope, found.stream.DeliveryStreamName};
      if (workers_.contains(name)) continue;
      HopState shown;
      shown.hop = "delivery";
      shown.name = "firehose/" + name.second;
      shown.reads = found.stream.Source
                        ? found.stream.Source->KinesisStreamARN
                        : tidemill::firehose::delivery_stream_arn(name.first, name.second);
      shown.writes = found.stream.Destination.BucketARN;
      HopState& state = hops_.add(std::move(shown));
      DeliveryStream stream(environment_, invoke_, name.first, name.second, state);
      auto worker = std::unique_ptr<Worker>(new Worker{state, std::move(stream)});
      workers_.emplace(name, std::move(worker));
      tidemill::start(run_worker(std::move(name)));
    }
    auto waiting = signal.wait();
    co_await std::move(waiting);
  }
}

Task<void> DeliveryStreams::run_worker(Name name) {
  auto running = workers_.at(name)->stream.run();
  co_await std::move(running);
  hops_.remove(workers_.at(name)->state);
  workers_.erase(name);
  // One of the same name may have been created before this one saw that its own was deleted.
  environment_.store.topic(tidemill::firehose::kDeliveryStreamsTopic).notify_all();
}

}  // namespace tidemill::flow::firehose
