#include "services/dynamodb/item_writes.h"

#include <algorithm>

namespace tidemill::dynamodb {
namespace {

struct Found {
  Table table;
  Item key;
  std::string place;
  std::optional<Item> item;
};

Result<Found> find(const kv::View& view, const Scope& scope, std::string_view table_name,
                   const Document& key) {
  auto attributes = attributes_from(key);
  if (!attributes) return std::move(attributes).error();
  auto table = table_for_items(view, scope, table_name);
  if (!table) return std::move(table).error();
  RETURN_IF_ERROR(check_key(**table, *attributes));
  std::string place = item_key(**table, *attributes);
  const auto stored = view.get(place);
  Found out{*table, *std::move(attributes), std::move(place), std::nullopt};
  if (stored) out.item = item_from_stored(*stored);
  return out;
}

Status check_steps(const TableDefinition& table, const UpdateSteps& steps) {
  for (const UpdateStep& step : steps) {
    if (!table.keys.has(step.path.attribute())) continue;
    return errors::ValidationException(
        "One or more parameter values were invalid: Cannot update attribute " +
        step.path.attribute() + ". This attribute is part of the key");
  }
  return ok();
}

// Taking parts away from an item that does not exist does not make one.
bool makes_item(const UpdateSteps& steps) {
  const auto takes_away = [](const UpdateStep& step) {
    return step.action == UpdateAction::kRemove || step.action == UpdateAction::kDelete;
  };
  return steps.empty() || !std::all_of(steps.begin(), steps.end(), takes_away);
}

}  // namespace

size_t ItemWrite::bytes() const {
  return std::max(before ? size_of(*before) : 0, after ? size_of(*after) : 0);
}

Status check_precondition(const Precondition& precondition, const std::optional<Item>& item) {
  static const Item kNoItem;
  if (!precondition.predicate || holds(*precondition.predicate, item ? *item : kNoItem)) {
    return ok();
  }
  Error error = errors::ConditionalCheckFailedException("The conditional request failed");
  if (precondition.returns_item && item) {
    Document members;
    members.set("Item", to_document(*item));
    error.members = std::make_shared<const Document>(std::move(members));
  }
  return error;
}

Result<ItemWrite> plan_put(const kv::View& view, const Scope& scope, std::string_view table_name,
                           const Document& item, const Precondition& precondition) {
  auto attributes = attributes_from(item);
  if (!attributes) return std::move(attributes).error();
  auto table = table_for_items(view, scope, table_name);
  if (!table) return std::move(table).error();
  RETURN_IF_ERROR(check_item(**table, *attributes));
  ItemWrite out{*table, item_key(**table, *attributes)};
  if (const auto stored = view.get(out.key)) out.before = item_from_stored(*stored);
  RETURN_IF_ERROR(check_precondition(precondition, out.before));
  out.after = *std::move(attributes);
  return out;
}

Result<ItemWrite> plan_delete(const kv::View& view, const Scope& scope, std::string_view table_name,
                              const Document& key, const Precondition& precondition) {
  auto found = find(view, scope, table_name, key);
  if (!found) return std::move(found).error();
  RETURN_IF_ERROR(check_precondition(precondition, found->item));
  return ItemWrite{found->table, std::move(found->place), std::move(found->item), std::nullopt};
}

Result<ItemWrite> plan_update(const kv::View& view, const Scope& scope, std::string_view table_name,
                              const Document& key, const UpdateSteps& steps,
                              const Precondition& precondition) {
  auto found = find(view, scope, table_name, key);
  if (!found) return std::move(found).error();
  RETURN_IF_ERROR(check_steps(*found->table, steps));
  RETURN_IF_ERROR(check_precondition(precondition, found->item));
  ItemWrite out{found->table, std::move(found->place), found->item, std::nullopt};
  if (!found->item && !makes_item(steps)) return out;
  Item after = found->item ? *std::move(found->item) : std::move(found->key);
  RETURN_IF_ERROR(apply_update(steps, after));
  RETURN_IF_ERROR(check_updated_item(*out.table, after));
  out.after = std::move(after);
  return out;
}

Result<ItemWrite> plan_check(const kv::View& view, const Scope& scope, std::string_view table_name,
                             const Document& key, const Precondition& precondition) {
  auto found = find(view, scope, table_name, key);
  if (!found) return std::move(found).error();
  RETURN_IF_ERROR(check_precondition(precondition, found->item));
  return ItemWrite{found->table, std::move(found->place), found->item, found->item};
}

WriteUnits carry_out(kv::Transaction& tx, const Scope& scope, const ItemWrite& write,
                     Timestamp now) {
  return write_item(tx, scope, *write.table, write.before, write.after, now);
}

}  // namespace tidemill::dynamodb
