// A write of one item, in two steps: plan (find the item, test the condition, make the new item)
// and carry out. One operation does both; a transaction plans all of its writes first.
#pragma once

#include <optional>
#include <string>

#include "services/dynamodb/evaluation.h"
#include "services/dynamodb/items.h"

namespace tidemill::dynamodb {

struct Precondition {
  std::optional<Predicate> predicate{};
  bool returns_item = false;  // ReturnValuesOnConditionCheckFailure is ALL_OLD
};

struct ItemWrite {
  Table table;
  std::string key;  // in the store
  std::optional<Item> before{};
  std::optional<Item> after{};
  size_t bytes() const;  // of the larger of both
};

// ConditionalCheckFailedException, with the Item when it was asked for.
Status check_precondition(const Precondition& precondition, const std::optional<Item>& item);

// `table_name` may be an ARN; `item` and `key` are in the JSON form.
Result<ItemWrite> plan_put(const kv::View& view, const Scope& scope, std::string_view table_name,
                           const Document& item, const Precondition& precondition);
Result<ItemWrite> plan_delete(const kv::View& view, const Scope& scope, std::string_view table_name,
                              const Document& key, const Precondition& precondition);
Result<ItemWrite> plan_update(const kv::View& view, const Scope& scope, std::string_view table_name,
                              const Document& key, const UpdateSteps& steps,
                              const Precondition& precondition);
// Tests and changes nothing: `after` is `before`.
Result<ItemWrite> plan_check(const kv::View& view, const Scope& scope, std::string_view table_name,
                             const Document& key, const Precondition& precondition);

WriteUnits carry_out(kv::Transaction& tx, const Scope& scope, const ItemWrite& write,
                     Timestamp now);

}  // namespace tidemill::dynamodb
