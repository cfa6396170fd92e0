// How asynchronous invocations of a function are retried and where their results go.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/call/operation.h"
#include "services/lambda/function_records.h"
#include "shapes/lambda/DestinationConfig.h"
#include "shapes/lambda/FunctionEventInvokeConfig.h"

namespace tidemill::lambda {

inline constexpr int32_t kRetryAttemptsDefault = 2;
inline constexpr int32_t kEventAgeSecondsDefault = 21600;

std::optional<FunctionEventInvokeConfig> find_invoke_config(const kv::View& view,
                                                            const FunctionReference& of);
std::vector<FunctionEventInvokeConfig> invoke_configs_of(const kv::View& view,
                                                         const FunctionReference& of);
void put_invoke_config(kv::Transaction& tx, const FunctionReference& of,
                       const FunctionEventInvokeConfig& config);
void erase_invoke_config(kv::Transaction& tx, const FunctionReference& of);

// Destinations are functions and event buses; queues, topics and buckets are refused with
// NotImplemented.
Status check_destinations(const std::optional<DestinationConfig>& destinations);

Error invoke_config_not_found(const FunctionReference& of);

}  // namespace tidemill::lambda
