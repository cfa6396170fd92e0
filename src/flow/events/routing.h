// Events to the targets of the rules they match, as a part of a command.
#pragma once

#include <vector>

#include "flow/events/compiled_rule.h"
#include "flow/hop_state.h"
#include "services/call/environment.h"

namespace tidemill::flow {

// What one target of one rule gets; refers to the rule.
struct TargetBatch {
  const CompiledRule* rule;
  const CompiledTarget* target;
  std::vector<targets::Delivery> deliveries;
};

// Adds what the targets of `rule` get of `event`. An event that came through too many buses goes to
// no further bus.
void add_deliveries(const CompiledRule& rule, const RoutedEvent& event,
                    std::vector<TargetBatch>& batches);

// Puts the batches into their targets; what is for a Lambda function goes to the target's queue. A
// delivery that its target refuses for good (it does not exist) is dropped, as AWS does without a
// dead-letter queue, and counted in `state`; the others are not affected.
void deliver_batches(kv::Transaction& tx, Environment& environment,
                     std::vector<TargetBatch> batches, HopState& state);

}  // namespace tidemill::flow
