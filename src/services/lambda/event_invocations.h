// Invocations of type Event that were accepted and are still to be made: durable, in the order in
// which they fall due. flow/lambda makes them.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/kv/store.h"
#include "wire/caller.h"

namespace tidemill::lambda {

// Topic of the store that is touched when one was put.
inline constexpr std::string_view kEventInvocationsTopic = "lambda.event_invocations";

struct EventInvocation {
  Scope scope;
  std::string function;
  std::string qualifier;
  std::string request_id;
  std::string payload;
  std::string client_context;
  int64_t accepted = 0;  // milliseconds
  int32_t attempts = 0;  // made so far, throttled ones not counted
  int32_t throttled = 0;

  template <class V>
  void fields(V& v) {
    v("Account", scope.account);
    v("Region", scope.region);
    v("FunctionName", function);
    v("Qualifier", qualifier);
    v("RequestId", request_id);
    v("Payload", payload);
    v("ClientContext", client_context);
    v("Accepted", accepted);
    v("Attempts", attempts);
    v("Throttled", throttled);
  }
};

struct DueInvocation {
  std::string key;
  EventInvocation invocation;
};

// `due` in milliseconds since 1970.
void put_event_invocation(kv::Transaction& tx, int64_t due, const EventInvocation& invocation);
// Takes one out that was made, or that is to be made later.
void erase_event_invocation(kv::Transaction& tx, const std::string& key);

// What is due at `now`, oldest first: at most `max`, without those in `busy` (keys). `next_due` is
// when the first that is not yet due will be.
struct DueInvocations {
  std::vector<DueInvocation> due;
  std::optional<int64_t> next_due;
};
DueInvocations due_event_invocations(const kv::View& view, int64_t now,
                                     const std::set<std::string>& busy, size_t max);

}  // namespace tidemill::lambda
