// Scan: all items of a table or an index, in the order of a hash of their partition key; or one
// segment of them.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
#include "shapes/dynamodb/Scan.h"

#include "services/call/operation.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/pages.h"

namespace tidemill::dynamodb {
namespace {

struct Parameters {
  std::optional<Predicate> filter;
  std::optional<Paths> paths;
};

Result<Parameters> parameters_of(const ScanInput& input) {
  GivenParameters given;
  given.expression("ProjectionExpression", input.ProjectionExpression.has_value());
  given.expression("FilterExpression", input.FilterExpression.has_value());
  given.older("AttributesToGet", input.AttributesToGet.has_value());
  given.older("ScanFilter", input.ScanFilter.has_value());
  given.older("ConditionalOperator", input.ConditionalOperator.has_value());
  RETURN_IF_ERROR(given.check_not_mixed());
  const bool none = !input.FilterExpression && !input.ProjectionExpression;
  auto placeholders =
      placeholders_from(input.ExpressionAttributeNames, input.ExpressionAttributeValues,
                        none ? "FilterExpression is null" : "");
  if (!placeholders) return std::move(placeholders).error();
  Parameters out;
  if (input.FilterExpression) {
    auto filter = parse_condition("FilterExpression", *input.FilterExpression, *placeholders);
    if (!filter) return std::move(filter).error();
    out.filter = *std::move(filter);
  } else if (input.ScanFilter && !input.ScanFilter->empty()) {
    auto filter = predicate_from_conditions(*input.ScanFilter, input.ConditionalOperator);
    if (!filter) return std::move(filter).error();
    out.filter = *std::move(filter);
  }
  auto paths = paths_of(input, *placeholders);
  if (!paths) return std::move(paths).error();
  out.paths = *std::move(paths);
  RETURN_IF_ERROR(placeholders->check_all_used());
  return out;
}

Status check_segment(const ScanInput& input) {
  if (input.Segment && !input.TotalSegments) {
    return errors::ValidationException(
        "The TotalSegments parameter is required but was not present in the request when Segment "
        "parameter is present");
  }
  if (!input.Segment && input.TotalSegments) {
    return errors::ValidationException(
        "The Segment parameter is required but was not present in the request when parameter "
        "TotalSegments is present");
  }
  if (input.Segment && *input.Segment >= *input.TotalSegments) {
    return errors::ValidationException(
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
        "Segment: " +
        std::to_string(*input.Segment) +
        " is not less than TotalSegments: " + std::to_string(*input.TotalSegments));
  }
  return ok();
}

// A segment is a range of hashes.
KeyRange segment_range(uint64_t id, int32_t segment, int32_t segment_count) {
  const std::string all = kv::Key(kv::Keyspace::kDynamodbItems).u64(id).bytes();
  const auto bound = [&](int32_t at) {
    if (at == segment_count) return kv::prefix_end(all);
    const uint64_t step = UINT64_MAX / static_cast<uint64_t>(segment_count);
    return kv::Key(kv::Keyspace::kDynamodbItems)
        .u64(id)
        .u64(step * static_cast<uint64_t>(at))
        .bytes();
  };
  return {segment == 0 ? all : bound(segment), bound(segment + 1)};
}

}  // namespace

Result<ScanOutput> Scan(const ::tidemill::Query& query, ScanInput input) {
  RETURN_IF_ERROR(check_segment(input));
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
  request.range =
      segment_range(request.id(), input.Segment.value_or(0), input.TotalSegments.value_or(1));
  const bool consistent = input.ConsistentRead.value_or(false);
  const Selection selection{input.Select, input.ProjectionExpression.has_value(),
                            input.AttributesToGet.has_value(), consistent};
  RETURN_IF_ERROR(check_selection(request, selection));
  apply_selection(request, selection);
  if (!input.ExclusiveStartKey.is_null()) {
    RETURN_IF_ERROR(start_after(request, input.ExclusiveStartKey, false));
  }

  Page page = read_page(query.view, request);
  ScanOutput out;
  out.Items = std::move(page.items);
  out.Count = page.count;
  out.ScannedCount = page.scanned_count;
  out.LastEvaluatedKey = std::move(page.last_key);
  CapacityCount capacity(input.ReturnConsumedCapacity);
  capacity.add_read(**table, *index, read_units(page.bytes, consistent));
  out.ConsumedCapacity = capacity.one();
  return out;
}

OPERATION(Scan);

}  // namespace tidemill::dynamodb
