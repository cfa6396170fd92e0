// TransactWriteItems: up to 100 writes and checks, all or none: one command.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
#include "shapes/dynamodb/TransactWriteItems.h"

#include <set>

#include "services/call/operation.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/parameters.h"
#include "services/dynamodb/transaction_tokens.h"
#include "services/dynamodb/transactions.h"
#include "wire/json.h"

namespace tidemill::dynamodb {
namespace {

constexpr size_t kTransactionBytesMax = 4 * 1024 * 1024;

// The expressions of one item; refused before anything is looked at.
struct ItemRequest {
  const TransactWriteItem& item;
  Precondition precondition;
  UpdateSteps steps{};
};

template <class Part>
Result<Precondition> precondition_from(const Part& part, Placeholders& placeholders) {
  Precondition out;
  out.returns_item = part.ReturnValuesOnConditionCheckFailure == "ALL_OLD";
  const std::optional<std::string> text = part.ConditionExpression;
  if (!text) return out;
  auto parsed = parse_condition("ConditionExpression", *text, placeholders);
  if (!parsed) return std::move(parsed).error();
  out.predicate = *std::move(parsed);
  return out;
}

template <class Part>
Result<ItemRequest> parsed(const TransactWriteItem& item, const Part& part) {
  std::string without;
  if (!std::optional<std::string>(part.ConditionExpression) && !item.Update) {
    without = "ConditionExpression is null";
  }
  auto placeholders =
      placeholders_from(part.ExpressionAttributeNames, part.ExpressionAttributeValues, without);
  if (!placeholders) return std::move(placeholders).error();
  ItemRequest out{item, {}};
  if (item.Update) {
    auto steps = parse_update(item.Update->UpdateExpression, *placeholders);
    if (!steps) return std::move(steps).error();
    out.steps = *std::move(steps);
  }
  auto precondition = precondition_from(part, *placeholders);
  if (!precondition) return std::move(precondition).error();
  out.precondition = *std::move(precondition);
  RETURN_IF_ERROR(placeholders->check_all_used());
  return out;
}

Result<ItemRequest> request_of(const TransactWriteItem& item) {
  const int given = item.Put.has_value() + item.Delete.has_value() + item.Update.has_value() +
                    item.ConditionCheck.has_value();
  if (given != 1) {
    return errors::ValidationException(
        "TransactItems can only contain one of Check, Put, Update or Delete");
  }
  if (item.Put) return parsed(item, *item.Put);
  if (item.Delete) return parsed(item, *item.Delete);
  if (item.Update) return parsed(item, *item.Update);
  return parsed(item, *item.ConditionCheck);
}

Result<ItemWrite> plan(Command& command, const ItemRequest& request) {
  const auto& [item, precondition, steps] = request;
  const kv::View& view = command.tx;
  if (item.Put) {
    return plan_put(view, command.scope(), item.Put->TableName, item.Put->Item, precondition);
  }
  if (item.Delete) {
    return plan_delete(view, command.scope(), item.Delete->TableName, item.Delete->Key,
                       precondition);
  }
  if (item.Update) {
    return plan_update(view, command.scope(), item.Update->TableName, item.Update->Key, steps,
                       precondition);
  }
  return plan_check(view, command.scope(), item.ConditionCheck->TableName, item.ConditionCheck->Key,
                    precondition);
}

// The key of each item in the store, for finding one that is named twice even if its condition
// fails.
Result<std::string> place_of(Command& command, const TransactWriteItem& item) {
  const std::string& name = item.Put      ? item.Put->TableName
                            : item.Delete ? item.Delete->TableName
                            : item.Update ? item.Update->TableName
                                          : item.ConditionCheck->TableName;
  const Document& document = item.Put      ? item.Put->Item
                             : item.Delete ? item.Delete->Key
                             : item.Update ? item.Update->Key
                                           : item.ConditionCheck->Key;
  auto table = table_for_items(command.tx, command.scope(), name);
  if (!table) return std::move(table).error();
  auto key = attributes_from(document);
  if (!key) return std::move(key).error();
  RETURN_IF_ERROR(item.Put ? check_item(**table, *key) : check_key(**table, *key));
  return item_key(**table, *key);
}

Status check_distinct(Command& command, const std::vector<TransactWriteItem>& items) {
  std::set<std::string> places;
  for (const TransactWriteItem& item : items) {
    auto place = place_of(command, item);
    if (!place && place.error().kind == ErrorKind::ValidationException) continue;  // a reason later
    if (!place) return std::move(place).error();
    if (!places.insert(*place).second) {
      return errors::ValidationException(
          "Transaction request cannot include multiple operations on one item");
    }
  }
  return ok();
}

Result<std::vector<ItemWrite>> plan_all(Command& command,
                                        const std::vector<ItemRequest>& requests) {
  std::vector<ItemWrite> out;
  CancellationReasons reasons;
  size_t bytes = 0;
  for (const ItemRequest& request : requests) {
    auto write = plan(command, request);
    if (write) {
      reasons.add_none();
      bytes += write->bytes();
      out.push_back(*std::move(write));
    } else if (!reasons.add(write.error())) {
      return std::move(write).error();
    }
  }
  if (reasons.cancels()) return reasons.error();
  if (bytes > kTransactionBytesMax) {
    return errors::ValidationException(
        "Collection size of items in the transaction cannot exceed 4MB");
  }
  return out;
}

TransactWriteItemsOutput output_of(const TransactWriteItemsInput& input,
                                   const std::vector<ItemWrite>& writes, CapacityCount& capacity) {
  TransactWriteItemsOutput out;
  capacity.make_transactional(true);
  out.ConsumedCapacity = capacity.all();
  for (const ItemWrite& write : writes) {
    if (!write.before && !write.after) continue;
    auto metrics = collection_metrics(input.ReturnItemCollectionMetrics, *write.table,
                                      write.after ? *write.after : *write.before);
    if (!metrics) continue;
    if (!out.ItemCollectionMetrics) out.ItemCollectionMetrics.emplace();
    (*out.ItemCollectionMetrics)[write.table->name].push_back(*std::move(metrics));
  }
  return out;
}

}  // namespace

Result<TransactWriteItemsOutput> TransactWriteItems(Command& command,
                                                    TransactWriteItemsInput input) {
  std::vector<ItemRequest> requests;
  for (const TransactWriteItem& item : input.TransactItems) {
    auto request = request_of(item);
    if (!request) return std::move(request).error();
    requests.push_back(*std::move(request));
  }
  CapacityCount capacity(input.ReturnConsumedCapacity);
  std::string text;
  if (input.ClientRequestToken) {
    JsonEncoder encoder(text);
    encode(encoder, input.TransactItems);
    auto repeated =
        was_carried_out(command.tx, command.scope(), *input.ClientRequestToken, text, command.now);
    if (!repeated) return std::move(repeated).error();
    if (*repeated) return output_of(input, {}, capacity);
  }
  RETURN_IF_ERROR(check_distinct(command, input.TransactItems));
  auto writes = plan_all(command, requests);
  if (!writes) return std::move(writes).error();
  for (const ItemWrite& write : *writes) {
    capacity.add_write(*write.table, carry_out(command.tx, command.scope(), write, command.now));
  }
  if (input.ClientRequestToken) {
    remember_token(command.tx, command.scope(), *input.ClientRequestToken, text, command.now);
  }
  return output_of(input, *writes, capacity);
}

OPERATION(TransactWriteItems);

}  // namespace tidemill::dynamodb
