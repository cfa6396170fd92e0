#include "flow/events/routing.h"

namespace tidemill::flow {

void add_deliveries(const CompiledRule& rule, const RoutedEvent& event,
                    std::vector<TargetBatch>& batches) {
  for (const CompiledTarget& target : rule.targets()) {
    if (target.arn().kind == TargetKind::kEventBus && event.hops >= events::kHopsMax) continue;
    TargetBatch* batch = nullptr;
    for (TargetBatch& each : batches) {
      if (each.rule == &rule && each.target == &target) batch = &each;
    }
    if (!batch) batch = &batches.emplace_back(TargetBatch{&rule, &target, {}});
    batch->deliveries.push_back(target.delivery(event, rule.arn(), rule.definition().Name));
  }
}

void deliver_batches(kv::Transaction& tx, Environment& environment,
                     std::vector<TargetBatch> batches, HopState& state) {
  const Timestamp now = environment.clock.now();
  for (TargetBatch& batch : batches) {
    const size_t count = batch.deliveries.size();
    if (batch.target->arn().kind == TargetKind::kLambda) {
      const log::Log queue =
          events::target_log(batch.rule->scope(), batch.rule->definition(), batch.target->id());
      for (const targets::Delivery& delivery : batch.deliveries) {
        queue.append(tx, now, delivery.payload);
      }
      state.records_out += count;
      continue;
    }
    const Status delivered = targets::deliver(tx, environment.random, batch.target->arn(),
                                              std::move(batch.deliveries), now);
    if (delivered) {
      state.records_out += count;
    } else {
      state.rejected += count;
      state.last_error = delivered.error().message;
    }
  }
}

}  // namespace tidemill::flow
