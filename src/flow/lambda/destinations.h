// What Lambda sends to the destination of an asynchronous invocation or of an event source mapping.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
#pragma once

#include <string>

#include "services/call/environment.h"
#include "services/lambda/event_invocations.h"
#include "services/lambda/functions.h"

namespace tidemill::flow {

// The record of an invocation, as JSON.
std::string invocation_record(const lambda::EventInvocation& event,
                              const lambda::Invocation& invocation, const std::string& condition,
                              Timestamp now);

// Queues the record for a function, in the given command.
void send_to_function(kv::Transaction& tx, const Scope& scope, const std::string& function_arn,
                      std::string record, sys::Random& random, Timestamp now);
// Puts the record on an event bus, at once.
Task<Status> send_to_bus(Environment& environment, Scope scope, std::string bus_arn,
                         std::string detail_type, std::string source_arn, std::string record);

}  // namespace tidemill::flow
