// The parameters that expressions replaced (Expected, AttributeUpdates, QueryFilter, ScanFilter,
// KeyConditions), translated into the form of expressions.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/expression.h"
#include "shapes/dynamodb/AttributeValueUpdate.h"
#include "shapes/dynamodb/Condition.h"
#include "shapes/dynamodb/ExpectedAttributeValue.h"
#include "wire/result.h"

namespace tidemill::dynamodb {

// `conditional_operator` is AND or OR; absent: AND.
Result<Predicate> predicate_from_expected(
    const std::map<std::string, ExpectedAttributeValue>& expected,
    const std::optional<std::string>& conditional_operator);
Result<Predicate> predicate_from_conditions(const std::map<std::string, Condition>& conditions,
                                            const std::optional<std::string>& conditional_operator);
Result<UpdateSteps> steps_from_updates(const std::map<std::string, AttributeValueUpdate>& updates);
Paths paths_from_names(const std::vector<std::string>& attributes_to_get);

// A group of request members that are given; used to refuse a mixture of both styles.
struct GivenParameters {
  std::vector<std::string> expressions{};
  std::vector<std::string> legacy{};
  void expression(const char* name, bool given) {
    if (given) expressions.emplace_back(name);
  }
  void older(const char* name, bool given) {
    if (given) legacy.emplace_back(name);
  }
  Status check_not_mixed() const;
};

}  // namespace tidemill::dynamodb
