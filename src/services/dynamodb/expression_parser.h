// Text of an expression -> its parsed form. All refusals are ValidationExceptions in DynamoDB's
// words, beginning "Invalid <parameter>: ".
#pragma once

#include <string_view>

#include "services/dynamodb/expression.h"
#include "services/dynamodb/placeholders.h"
#include "wire/result.h"

namespace tidemill::dynamodb {

inline constexpr size_t kExpressionBytesMax = 4096;
inline constexpr int kOperatorsMax = 300;

// `parameter` is the member of the request that holds the text: "ConditionExpression",
// "FilterExpression", "KeyConditionExpression", ... Depth is bounded by kOperatorsMax.
Result<Predicate> parse_condition(std::string_view parameter, std::string_view text,
                                  Placeholders& placeholders);
Result<UpdateSteps> parse_update(std::string_view text, Placeholders& placeholders);
Result<Paths> parse_projection(std::string_view text, Placeholders& placeholders);

// Refuses paths of which one lies within another, or that take one value for a map and a list.
Status check_overlap(std::string_view parameter, const std::vector<const Path*>& paths);

}  // namespace tidemill::dynamodb
