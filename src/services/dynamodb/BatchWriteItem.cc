// BatchWriteItem: up to 25 puts and deletes, without conditions. All of them are carried out, in
// one command; nothing is ever left unprocessed.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
#include "shapes/dynamodb/BatchWriteItem.h"

#include <set>

#include "services/call/operation.h"
#include "services/dynamodb/consumed_capacity.h"
#include "services/dynamodb/item_writes.h"

namespace tidemill::dynamodb {
namespace {

constexpr size_t kRequestsMax = 25;

Status check_count(const BatchWriteItemInput& input) {
  size_t count = 0;
  for (const auto& [table, requests] : input.RequestItems) count += requests.size();
  if (count <= kRequestsMax) return ok();
  return errors::ValidationException("Too many items requested for the BatchWriteItem call");
}

Result<ItemWrite> plan(Command& command, const std::string& table, const WriteRequest& request) {
  if (request.PutRequest.has_value() == request.DeleteRequest.has_value()) {
    return errors::ValidationException(
        "Supplied WriteRequest must contain exactly one of PutRequest and DeleteRequest");
  }
  if (request.PutRequest) {
    return plan_put(command.tx, command.scope(), table, request.PutRequest->Item, {});
  }
  return plan_delete(command.tx, command.scope(), table, request.DeleteRequest->Key, {});
}

}  // namespace

Result<BatchWriteItemOutput> BatchWriteItem(Command& command, BatchWriteItemInput input) {
  RETURN_IF_ERROR(check_count(input));
  BatchWriteItemOutput out;
  out.UnprocessedItems.emplace();
  CapacityCount capacity(input.ReturnConsumedCapacity);
  std::set<std::string> keys;
  for (const auto& [table, requests] : input.RequestItems) {
    for (const WriteRequest& request : requests) {
      auto write = plan(command, table, request);
      if (!write) return std::move(write).error();
      if (!keys.insert(write->key).second) {
        return errors::ValidationException("Provided list of item keys contains duplicates");
      }
      capacity.add_write(*write->table,
                         carry_out(command.tx, command.scope(), *write, command.now));
      if (!write->before && !write->after) continue;
      auto metrics = collection_metrics(input.ReturnItemCollectionMetrics, *write->table,
                                        write->after ? *write->after : *write->before);
      if (!metrics) continue;
      if (!out.ItemCollectionMetrics) out.ItemCollectionMetrics.emplace();
      (*out.ItemCollectionMetrics)[table].push_back(*std::move(metrics));
    }
  }
  out.ConsumedCapacity = capacity.all();
  return out;
}

OPERATION(BatchWriteItem);

}  // namespace tidemill::dynamodb
