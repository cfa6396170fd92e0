#include "flow/cloudformation/cloudformation.h"

#include <memory>

namespace tidemill::flow {

void CloudFormation::start() { tidemill::start(run()); }

Task<void> CloudFormation::run() {
  while (true) {
    const auto view = environment_.store.published();
    for (const cloudformation::StackOfScope& found : cloudformation::all_stacks(*view)) {
      if (!found.stack.in_progress() || !working_.insert(found.stack.StackId).second) continue;
      const std::string id = found.stack.StackId;
      auto work = std::make_shared<StackWork>(environment_, found.scope, id);
      // Shared: it lives as long as its coroutine.
      tidemill::start(work->run(), [this, work, id] { working_.erase(id); });
    }
    auto changed = environment_.store.topic(cloudformation::kStacksTopic).wait();
    co_await std::move(changed);
  }
}

}  // namespace tidemill::flow
