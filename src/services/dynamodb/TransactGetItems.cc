// TransactGetItems: up to 100 items as they were at one instant.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html
#include "shapes/dynamodb/TransactGetItems.h"

#include <set>

#include "services/call/operation.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/parameters.h"
#include "services/dynamodb/transactions.h"

namespace tidemill::dynamodb {
namespace {

Result<std::optional<Paths>> paths_from(const Get& get) {
  auto placeholders =
      placeholders_from(get.ExpressionAttributeNames, Document(),
                        get.ProjectionExpression ? "" : "ProjectionExpression is null");
  if (!placeholders) return std::move(placeholders).error();
  if (!get.ProjectionExpression) return std::optional<Paths>();
  auto paths = parse_projection(*get.ProjectionExpression, *placeholders);
  if (!paths) return std::move(paths).error();
  RETURN_IF_ERROR(placeholders->check_all_used());
  return std::optional<Paths>(*std::move(paths));
}

struct Target {
  Table table;
  Item key;
};

Result<Target> target_of(const Query& query, const Get& get) {
  auto table = table_for_items(query.view, query.scope(), get.TableName);
  if (!table) return std::move(table).error();
  auto key = attributes_from(get.Key);
  if (!key) return std::move(key).error();
  RETURN_IF_ERROR(check_key(**table, *key));
  return Target{*std::move(table), *std::move(key)};
}

}  // namespace

Result<TransactGetItemsOutput> TransactGetItems(const Query& query, TransactGetItemsInput input) {
  TransactGetItemsOutput out;
  out.Responses.emplace();
  CapacityCount capacity(input.ReturnConsumedCapacity);
  CancellationReasons reasons;
  std::set<std::string> places;
  for (const TransactGetItem& wanted : input.TransactItems) {
    auto paths = paths_from(wanted.Get);
    if (!paths) return std::move(paths).error();
    auto target = target_of(query, wanted.Get);
    if (!target) {
      if (!reasons.add(target.error())) return std::move(target).error();
      continue;
    }
    reasons.add_none();
    if (!places.insert(item_key(*target->table, target->key)).second) {
      return errors::ValidationException(
          "Transaction request cannot include multiple operations on one item");
    }
    const auto item = find_item(query.view, *target->table, target->key);
    ItemResponse& response = out.Responses->emplace_back();
    if (item) response.Item = answered_item(*item, *paths);
    capacity.add_read(*target->table, nullptr, read_units(item ? size_of(*item) : 0, true));
  }
  if (reasons.cancels()) return reasons.error();
  capacity.make_transactional(false);
  out.ConsumedCapacity = capacity.all();
  return out;
}

OPERATION(TransactGetItems);

}  // namespace tidemill::dynamodb
