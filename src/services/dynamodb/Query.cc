// Query: items of one partition in the order of their sort key.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
#include "shapes/dynamodb/Query.h"

#include "services/call/operation.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/pages.h"

namespace tidemill::dynamodb {
namespace {

struct Parameters {
  Predicate key_condition;
  std::optional<Predicate> filter;
  std::optional<Paths> paths;
};

Status check_styles(const QueryInput& input) {
  GivenParameters given;
  given.expression("ProjectionExpression", input.ProjectionExpression.has_value());
  given.expression("FilterExpression", input.FilterExpression.has_value());
  given.expression("KeyConditionExpression", input.KeyConditionExpression.has_value());
  given.older("AttributesToGet", input.AttributesToGet.has_value());
  given.older("QueryFilter", input.QueryFilter.has_value());
  given.older("ConditionalOperator", input.ConditionalOperator.has_value());
  given.older("KeyConditions", input.KeyConditions.has_value());
  RETURN_IF_ERROR(given.check_not_mixed());
  if (input.KeyConditionExpression || input.KeyConditions) return ok();
  return errors::ValidationException(
      "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
      "request.");
}

Result<Predicate> key_condition_of(const QueryInput& input, Placeholders& placeholders) {
  if (input.KeyConditionExpression) {
    return parse_condition("KeyConditionExpression", *input.KeyConditionExpression, placeholders);
  }
  if (input.KeyConditions->empty() || input.KeyConditions->size() > 2) {
    return errors::ValidationException("Conditions can be of length 1 or 2 only");
  }
  return predicate_from_conditions(*input.KeyConditions, std::nullopt);
}

Result<Parameters> parameters_of(const QueryInput& input) {
  RETURN_IF_ERROR(check_styles(input));
  const bool none =
      !input.KeyConditionExpression && !input.FilterExpression && !input.ProjectionExpression;
  auto placeholders =
      placeholders_from(input.ExpressionAttributeNames, input.ExpressionAttributeValues,
                        none ? "FilterExpression and KeyConditionExpression are null" : "");
  if (!placeholders) return std::move(placeholders).error();
  Parameters out;
  if (input.FilterExpression) {
    auto filter = parse_condition("FilterExpression", *input.FilterExpression, *placeholders);
    if (!filter) return std::move(filter).error();
    out.filter = *std::move(filter);
  } else if (input.QueryFilter && !input.QueryFilter->empty()) {
    auto filter = predicate_from_conditions(*input.QueryFilter, input.ConditionalOperator);
    if (!filter) return std::move(filter).error();
    out.filter = *std::move(filter);
  }
  auto paths = paths_of(input, *placeholders);
  if (!paths) return std::move(paths).error();
  out.paths = *std::move(paths);
  auto key_condition = key_condition_of(input, *placeholders);
  if (!key_condition) return std::move(key_condition).error();
  out.key_condition = *std::move(key_condition);
  RETURN_IF_ERROR(placeholders->check_all_used());
  return out;
}

Status check_filter(const PageRequest& request, bool is_expression) {
  if (!request.filter) return ok();
  for (const std::string& attribute : attributes_of(*request.filter)) {
    if (!request.keys().has(attribute)) continue;
    return errors::ValidationException(
        std::string(is_expression ? "Filter Expression" : "QueryFilter") +
        " can only contain non-primary key attributes: Primary key attribute: " + attribute);
  }
  return ok();
}

}  // namespace

Result<QueryOutput> Query(const ::tidemill::Query& query, QueryInput input) {
  auto parameters = parameters_of(input);
  if (!parameters) return std::move(parameters).error();
  auto table = table_for_items(query.view, query.scope(), input.TableName);
  if (!table) return std::move(table).error();
  auto index = index_named(**table, input.IndexName);
  if (!index) return std::move(index).error();
  PageRequest request{**table, *index};
  request.filter = std::move(parameters->filter);
  request.paths = std::move(parameters->paths);
  request.limit = input.Limit;
  request.forward = input.ScanIndexForward.value_or(true);
  const bool consistent = input.ConsistentRead.value_or(false);
  const Selection selection{input.Select, input.ProjectionExpression.has_value(),
                            input.AttributesToGet.has_value(), consistent};
  RETURN_IF_ERROR(check_selection(request, selection));
  apply_selection(request, selection);
  RETURN_IF_ERROR(check_filter(request, input.FilterExpression.has_value()));
  auto range = key_range(parameters->key_condition,
                         input.KeyConditionExpression ? "KeyConditionExpression" : "KeyConditions",
                         request.keys(), request.id());
  if (!range) return std::move(range).error();
  request.range = *std::move(range);
  if (!input.ExclusiveStartKey.is_null()) {
    RETURN_IF_ERROR(start_after(request, input.ExclusiveStartKey, true));
  }

  Page page = read_page(query.view, request);
  QueryOutput out;
  out.Items = std::move(page.items);
  out.Count = page.count;
  out.ScannedCount = page.scanned_count;
  out.LastEvaluatedKey = std::move(page.last_key);
  CapacityCount capacity(input.ReturnConsumedCapacity);
  capacity.add_read(**table, *index, read_units(page.bytes, consistent));
  out.ConsumedCapacity = capacity.one();
  return out;
}

OPERATION(Query);

}  // namespace tidemill::dynamodb
