#include "services/lambda/event_invocations.h"

#include "wire/encoder.h"
#include "wire/json.h"

namespace tidemill::lambda {

void put_event_invocation(kv::Transaction& tx, int64_t due, const EventInvocation& invocation) {
  tx.put(kv::Key(kv::Keyspace::kEventInvocations)
             .u64(static_cast<uint64_t>(due))
             .text(invocation.request_id)
             .bytes(),
         to_json(invocation));
  tx.touch(kEventInvocationsTopic);
}

void erase_event_invocation(kv::Transaction& tx, const std::string& key) {
  tx.erase(key);
  tx.touch(kEventInvocationsTopic);
}

DueInvocations due_event_invocations(const kv::View& view, int64_t now,
                                     const std::set<std::string>& busy, size_t max) {
  DueInvocations found;
  const std::string all = kv::Key(kv::Keyspace::kEventInvocations).bytes();
  for (auto cursor = view.scan_prefix(all); cursor->valid(); cursor->next()) {
    kv::KeyReader reader(cursor->key());
    const auto due = static_cast<int64_t>(reader.u64());
    std::string key(cursor->key());
    if (busy.contains(key)) continue;
    if (due > now) {
      found.next_due = due;
      break;
    }
    if (found.due.size() == max) break;
    auto document = parse_json(cursor->value());
    CHECK(document);  // written by us
    found.due.push_back({std::move(key), from_document<EventInvocation>(*std::move(document))});
  }
  return found;
}

}  // namespace tidemill::lambda
