// What the item operations read from their inputs in the same way.
#pragma once

#include <optional>
#include <string>

#include "services/dynamodb/expression_parser.h"
#include "services/dynamodb/item_writes.h"
#include "services/dynamodb/legacy.h"
#include "services/dynamodb/placeholders.h"

namespace tidemill::dynamodb {

// The placeholders of a request. `without_expressions` is what AWS says when there is no expression
// that could use them: "ConditionExpression is null"; empty when there is one.
Result<Placeholders> placeholders_from(
    const std::optional<std::map<std::string, std::string>>& names, const Document& values,
    const std::string& without_expressions);

// ConditionExpression, or Expected with ConditionalOperator.
template <class Input>
Result<Precondition> precondition_of(const Input& input, Placeholders& placeholders) {
  Precondition out;
  out.returns_item = input.ReturnValuesOnConditionCheckFailure == "ALL_OLD";
  if (input.ConditionExpression) {
    auto parsed = parse_condition("ConditionExpression", *input.ConditionExpression, placeholders);
    if (!parsed) return std::move(parsed).error();
    out.predicate = *std::move(parsed);
  } else if (input.Expected && !input.Expected->empty()) {
    auto translated = predicate_from_expected(*input.Expected, input.ConditionalOperator);
    if (!translated) return std::move(translated).error();
    out.predicate = *std::move(translated);
  }
  return out;
}

// All of it for PutItem and DeleteItem, whose only expression is the condition.
template <class Input>
Result<Precondition> only_precondition_of(const Input& input) {
  GivenParameters given;
  given.expression("ConditionExpression", input.ConditionExpression.has_value());
  given.older("Expected", input.Expected.has_value());
  given.older("ConditionalOperator", input.ConditionalOperator.has_value());
  RETURN_IF_ERROR(given.check_not_mixed());
  auto placeholders =
      placeholders_from(input.ExpressionAttributeNames, input.ExpressionAttributeValues,
                        input.ConditionExpression ? "" : "ConditionExpression is null");
  if (!placeholders) return std::move(placeholders).error();
  auto out = precondition_of(input, *placeholders);
  if (out) RETURN_IF_ERROR(placeholders->check_all_used());
  return out;
}

// The parts of an item that GetItem, BatchGetItem, Query and Scan are to answer.
// ProjectionExpression, or AttributesToGet; nullopt: all of it.
template <class Input>
Result<std::optional<Paths>> paths_of(const Input& input, Placeholders& placeholders) {
  if (input.ProjectionExpression) {
    auto parsed = parse_projection(*input.ProjectionExpression, placeholders);
    if (!parsed) return std::move(parsed).error();
    return std::optional<Paths>(*std::move(parsed));
  }
  if (input.AttributesToGet) {
    return std::optional<Paths>(paths_from_names(*input.AttributesToGet));
  }
  return std::optional<Paths>();
}

// All of it for GetItem and each table of BatchGetItem.
template <class Input>
Result<std::optional<Paths>> only_paths_of(const Input& input) {
  GivenParameters given;
  given.expression("ProjectionExpression", input.ProjectionExpression.has_value());
  given.older("AttributesToGet", input.AttributesToGet.has_value());
  RETURN_IF_ERROR(given.check_not_mixed());
  auto placeholders =
      placeholders_from(input.ExpressionAttributeNames, Document(),
                        input.ProjectionExpression ? "" : "ProjectionExpression is null");
  if (!placeholders) return std::move(placeholders).error();
  auto out = paths_of(input, *placeholders);
  if (out) RETURN_IF_ERROR(placeholders->check_all_used());
  return out;
}

// A whole item, or the paths of it, in the JSON form.
Document answered_item(const Item& item, const std::optional<Paths>& paths);

}  // namespace tidemill::dynamodb
