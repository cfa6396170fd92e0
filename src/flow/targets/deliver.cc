#include "flow/targets/deliver.h"

#include <map>

#include "services/events/buses.h"
#include "services/firehose/records.h"
#include "services/kinesis/records.h"
#include "services/logs/log_events.h"
#include "wire/json.h"

namespace tidemill::targets {
namespace {

Error too_large(const TargetArn& target, size_t bytes) {
  return errors::ValidationException("A record of " + std::to_string(bytes) +
                                     " bytes is too large for " + target.text);
}

Status to_kinesis(kv::Transaction& tx, const TargetArn& target, std::vector<Delivery> deliveries,
                  Timestamp now) {
  std::vector<kinesis::RecordEntry> records;
  records.reserve(deliveries.size());
  for (Delivery& delivery : deliveries) {
    const size_t bytes = delivery.payload.size() + delivery.partition_key.size();
    if (bytes > kinesis::kRecordBytesMax) return too_large(target, bytes);
    records.push_back({std::move(delivery.payload), std::move(delivery.partition_key)});
  }
  RETURN_IF_ERROR(kinesis::append_records(tx, target.scope, target.name, records, now));
  return ok();
}

Status to_firehose(kv::Transaction& tx, const TargetArn& target, std::vector<Delivery> deliveries,
                   Timestamp now) {
  std::vector<std::string> records;
  records.reserve(deliveries.size());
  for (Delivery& delivery : deliveries) {
    if (delivery.payload.size() > firehose::kRecordBytesMax) {
      return too_large(target, delivery.payload.size());
    }
    records.push_back(std::move(delivery.payload));
  }
  return firehose::append_records(tx, target.scope, target.name, records, now);
}

Status to_log_group(kv::Transaction& tx, const TargetArn& target, std::vector<Delivery> deliveries,
                    Timestamp now) {
  if (!logs::find_group(tx, target.scope, target.name)) {
    return errors::ResourceNotFoundException("The log group " + target.name + " does not exist.");
  }
  std::map<std::string, std::vector<logs::LogEvent>> by_stream;
  for (Delivery& delivery : deliveries) {
    by_stream[delivery.log_stream].push_back({delivery.time, std::move(delivery.payload)});
  }
  for (const auto& [stream, events] : by_stream) {
    RETURN_IF_ERROR(logs::append_log_events(tx, target.scope, target.name, stream, events, now));
  }
  return ok();
}

Status to_bus(kv::Transaction& tx, sys::Random& random, const TargetArn& target,
              std::vector<Delivery> deliveries, Timestamp now) {
  for (const Delivery& delivery : deliveries) {
    if (delivery.hops > 0) continue;
    const Result<Document> detail = parse_json(delivery.payload);
    if (!detail || !detail->is_object()) {
      return errors::ValidationException("The detail of an event must be a JSON object.");
    }
  }
  for (Delivery& delivery : deliveries) {
    events::BusEvent event{delivery.hops, std::move(delivery.payload)};
    if (delivery.hops == 0) {
      events::Envelope envelope{
          random.uuid(), std::move(delivery.detail_type), std::move(delivery.source),
          delivery.time, std::move(delivery.resources),   std::move(event.json)};
      event.json = events::envelope_json(target.scope, envelope);
    }
    RETURN_IF_ERROR(events::append_event(tx, target.scope, target.name, event, now));
  }
  return ok();
}

}  // namespace

Status deliver(kv::Transaction& tx, sys::Random& random, const TargetArn& target,
               std::vector<Delivery> deliveries, Timestamp now) {
  CHECK(target.kind != TargetKind::kLambda);
  switch (target.kind) {
    case TargetKind::kKinesis:
      return to_kinesis(tx, target, std::move(deliveries), now);
    case TargetKind::kFirehose:
      return to_firehose(tx, target, std::move(deliveries), now);
    case TargetKind::kLogGroup:
      return to_log_group(tx, target, std::move(deliveries), now);
    default:
      return to_bus(tx, random, target, std::move(deliveries), now);
  }
}

}  // namespace tidemill::targets
