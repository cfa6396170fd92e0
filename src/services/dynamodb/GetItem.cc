// GetItem: one item by its key. Reads are of durable state, so an acknowledged write is always
// seen, consistent or not.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
#include "shapes/dynamodb/GetItem.h"

#include "services/call/operation.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/parameters.h"

namespace tidemill::dynamodb {

Result<GetItemOutput> GetItem(const Query& query, GetItemInput input) {
  auto paths = only_paths_of(input);
  if (!paths) return std::move(paths).error();
  auto key = attributes_from(input.Key);
  if (!key) return std::move(key).error();
  auto table = table_for_items(query.view, query.scope(), input.TableName);
  if (!table) return std::move(table).error();
  RETURN_IF_ERROR(check_key(**table, *key));
  const auto item = find_item(query.view, **table, *key);

  GetItemOutput out;
  if (item) out.Item = answered_item(*item, *paths);
  CapacityCount capacity(input.ReturnConsumedCapacity);
  const size_t bytes = item ? size_of(*item) : 0;
  capacity.add_read(**table, nullptr, read_units(bytes, input.ConsistentRead.value_or(false)));
  out.ConsumedCapacity = capacity.one();
  return out;
}

OPERATION(GetItem);

}  // namespace tidemill::dynamodb
