#include "flow/events/bus_worker.h"

#include "wire/json.h"

namespace tidemill::flow {
namespace {

HopState state_of(const Scope& scope, const std::string& bus) {
  HopState state;
  state.hop = "event bus";
  state.name = "events/" + bus;
  state.reads = events::bus_arn(scope, bus);
  return state;
}

RoutedEvent routed(const log::Record& record) {
  events::BusEvent stored = events::decode_event(record.bytes);
  Result<Document> document = parse_json(stored.json);
  CHECK(document.has_value());
  return RoutedEvent{std::move(stored.json), *std::move(document), stored.hops, record.arrival};
}

}  // namespace

BusWorker::BusWorker(Environment& environment, Scope scope, std::string bus)
    : environment_(environment),
      scope_(std::move(scope)),
      bus_(std::move(bus)),
      state_(environment.part<HopStates>().add(state_of(scope_, bus_))) {}

BusWorker::~BusWorker() { environment_.part<HopStates>().remove(state_); }

BusWorker::Rules BusWorker::enabled_rules(const kv::View& view) {
  std::map<std::string, std::shared_ptr<const CompiledRule>> kept;
  Rules out;
  for (events::RuleDefinition& rule : events::rules_of(view, scope_, bus_)) {
    if (!rule.enabled() || rule.EventPattern.empty()) continue;
    const std::string text = to_json(rule);
    auto& compiled = kept[text];
    if (const auto before = compiled_.find(text); before != compiled_.end()) {
      compiled = before->second;
    } else {
      compiled = std::make_shared<const CompiledRule>(scope_, std::move(rule));
    }
    out.push_back(compiled);
  }
  compiled_ = std::move(kept);
  return out;
}

Task<Status> BusWorker::route(Rules rules, std::vector<log::Record> records) {
  std::vector<TargetBatch> batches;
  for (const log::Record& record : records) {
    const RoutedEvent event = routed(record);
    for (const auto& rule : rules) {
      if (rule->matches(event.document)) add_deliveries(*rule, event, batches);
    }
  }
  const uint64_t next = records.back().position + 1;
  auto act = [this, &batches, next](kv::Transaction& tx) -> Status {
    deliver_batches(tx, environment_, std::move(batches), state_);
    events::bus_log(scope_, bus_).trim(tx, next);
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  Status committed = co_await std::move(committing);
  if (!committed) co_return std::move(committed).error();
  state_.position = next;
  state_.records_in += records.size();
  state_.last_commit = environment_.clock.now();
  co_return ok();
}

Task<void> BusWorker::run() {
  constexpr int64_t kRetryMs = 1000;
  const log::Log log = events::bus_log(scope_, bus_);
  while (true) {
    const auto view = environment_.store.published();
    const uint64_t first = log.first(*view);
    auto records = log.read(*view, first, kEventsMax, kBytesMax);
    state_.lag_records = log.next(*view) - first;
    if (records.empty()) {
      auto grown = environment_.store.topic(log.topic()).wait();
      co_await std::move(grown);
      continue;
    }
    auto routing = route(enabled_rules(*view), std::move(records));
    const Status done = co_await std::move(routing);
    if (done) continue;
    ++state_.retries;
    state_.last_error = done.error().message;
    auto sleeping = environment_.loop.sleep(kRetryMs);
    co_await std::move(sleeping);
  }
}

}  // namespace tidemill::flow
