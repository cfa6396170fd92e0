// Runs every delivery stream of every account: one worker each, started when it is created and
// ended when it is deleted. Loop thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "flow/firehose/transform.h"
#include "flow/hop_state.h"
#include "services/call/environment.h"

namespace tidemill::flow::firehose {

class DeliveryStream;

class DeliveryStreams {
 public:
  // `invoke` runs transform functions (invoke.h has the one that uses Lambda).
  DeliveryStreams(Environment& environment, HopStates& hops, InvokeFunction invoke);
  ~DeliveryStreams();
  void start();

 private:
  using Name = std::pair<Scope, std::string>;
  struct Worker;

  Task<void> supervise();
  Task<void> run_worker(Name name);

  Environment& environment_;
  HopStates& hops_;
  InvokeFunction invoke_;
  std::map<Name, std::unique_ptr<Worker>> workers_;
};

}  // namespace tidemill::flow::firehose
