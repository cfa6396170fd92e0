#include "flow/events/events.h"

#include "flow/events/bus_worker.h"
#include "flow/events/function_worker.h"

namespace tidemill::flow {

void Events::start() { tidemill::start(run()); }

void Events::start_buses(const kv::View& view) {
  for (const events::BusOfScope& bus : events::all_buses(view)) {
    if (!started_.insert(events::bus_arn(bus.scope, bus.name)).second) continue;
    auto worker = std::make_shared<BusWorker>(environment_, bus.scope, bus.name);
    tidemill::start(worker->run(), [worker] {});  // shared: lives as long as its coroutine
  }
}

void Events::start_functions(const kv::View& view) {
  for (const events::RuleOfScope& found : events::all_rules(view)) {
    for (const events::Target& target : found.rule.Targets) {
      const Result<TargetArn> arn = parse_target_arn(target.Arn);
      if (!arn || arn->kind != TargetKind::kLambda) continue;
      const std::string name = events::rule_arn(found.scope, found.rule) + " " + target.Id;
      if (!started_.insert(name).second) continue;
      auto worker =
          std::make_shared<FunctionWorker>(environment_, found.scope, found.rule, target.Id);
      tidemill::start(worker->run(), [worker] {});
    }
  }
}

Task<void> Events::run() {
  while (true) {
    const auto view = environment_.store.published();
    start_buses(*view);
    start_functions(*view);
    auto changed = environment_.store.topic(events::kRulesTopic).wait();
    co_await std::move(changed);
  }
}

}  // namespace tidemill::flow
