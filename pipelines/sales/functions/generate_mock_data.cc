// The generator function: writes believable orders to the table, then their later changes.
//
// Event: {"orders": 100, "first": 0, "seed": 1, "date": "2026-11-24", "late_share": 0.01, ...}; a
// scheduled event has none of these and gets defaults, with numbers taken from the time.
// Answer: what was sent and acknowledged: {"sent": 100, "inserted": 100, "updated": 5, ...}.
#include <chrono>
#include <cstdlib>

#include "app/aws/client.h"
#include "orders.h"
#include "runtime.h"
#include "wire/timestamp.h"

namespace sales {
namespace {

using nlohmann::json;
using tidemill::Result;
using tidemill::Status;
using tidemill::aws::Client;

constexpr size_t kBatchItems = 25;  // BatchWriteItem's limit
constexpr int kUnprocessedRetriesMax = 10;

tidemill::Timestamp now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

struct Sent {
  uint64_t sent = 0;  // orders acknowledged, duplicates not counted twice
  uint64_t updated = 0;
  uint64_t removed = 0;
  uint64_t malformed = 0;
  uint64_t test = 0;
  uint64_t late = 0;
  uint64_t duplicated = 0;
};

class Table {
 public:
  Table(Client& client, std::string name) : client_(client), name_(std::move(name)) {}

  Status put_all(const std::vector<const Order*>& orders) {
    for (size_t from = 0; from < orders.size(); from += kBatchItems) {
      json requests = json::array();
      for (size_t i = from; i < std::min(from + kBatchItems, orders.size()); ++i) {
        requests.push_back({{"PutRequest", {{"Item", to_dynamodb(orders[i]->item)["M"]}}}});
      }
      RETURN_IF_ERROR(write({{name_, std::move(requests)}}));
    }
    return tidemill::ok();
  }

  Status set_status(const Order& order) {
    const json request = {
        {"TableName", name_},
        {"Key", {{"order_id", {{"S", order.id}}}}},
        {"UpdateExpression", "SET #status = :status"},
        {"ExpressionAttributeNames", {{"#status", "status"}}},
        {"ExpressionAttributeValues", {{":status", {{"S", order.later_status}}}}}};
    return call("UpdateItem", request);
  }

  Status remove(const Order& order) {
    return call("DeleteItem", {{"TableName", name_}, {"Key", {{"order_id", {{"S", order.id}}}}}});
  }

 private:
  Status call(const std::string& operation, const json& request) {
    auto answer = client_.call_json("dynamodb", "DynamoDB_20120810." + operation, request.dump());
    if (!answer) return std::move(answer).error();
    return tidemill::ok();
  }

  Status write(json items) {
    for (int attempt = 0; attempt < kUnprocessedRetriesMax; ++attempt) {
      auto answer = client_.call_json("dynamodb", "DynamoDB_20120810.BatchWriteItem",
                                      json{{"RequestItems", items}}.dump());
      if (!answer) return std::move(answer).error();
      const json left = json::parse(*answer, nullptr, false);
      if (!left.is_object() || left.value("UnprocessedItems", json::object()).empty()) {
        return tidemill::ok();
      }
      items = left["UnprocessedItems"];
    }
    return tidemill::errors::InputOutput("the table left items unprocessed");
  }

  Client& client_;
  std::string name_;
};

OrderPlan plan_of(const json& event) {
  OrderPlan plan;
  plan.seed = event.value("seed", plan.seed);
  plan.late_share = event.value("late_share", plan.late_share);
  plan.malformed_share = event.value("malformed_share", plan.malformed_share);
  plan.test_share = event.value("test_share", plan.test_share);
  plan.duplicate_share = event.value("duplicate_share", plan.duplicate_share);
  plan.update_share = event.value("update_share", plan.update_share);
  plan.cancel_share = event.value("cancel_share", plan.cancel_share);
  const std::string today = tidemill::iso8601(now()).substr(0, 10);
  const auto day = tidemill::parse_iso8601(event.value("date", today));
  plan.day_ms = day ? day->milliseconds : tidemill::parse_iso8601(today)->milliseconds;
  return plan;
}

Status send(Table& table, const std::vector<Order>& orders, Sent& sent) {
  std::vector<const Order*> all;
  std::vector<const Order*> again;
  for (const Order& order : orders) {
    all.push_back(&order);
    if (order.is_duplicated) again.push_back(&order);
  }
  RETURN_IF_ERROR(table.put_all(all));
  RETURN_IF_ERROR(table.put_all(again));
  for (const Order& order : orders) {
    ++sent.sent;
    sent.malformed += order.is_malformed;
    sent.test += order.is_test;
    sent.late += order.is_late;
    sent.duplicated += order.is_duplicated;
    if (order.fate == Fate::kStays) continue;
    RETURN_IF_ERROR(table.set_status(order));
    ++sent.updated;
    if (order.fate != Fate::kIsCancelled) continue;
    RETURN_IF_ERROR(table.remove(order));
    ++sent.removed;
  }
  return tidemill::ok();
}

Result<std::string> generate(Client& client, const Invocation& invocation) {
  const json event = json::parse(invocation.payload, nullptr, false);
  if (!event.is_object())
    return tidemill::errors::ValidationException("the event is not an object");
  const char* table_name = std::getenv("TABLE_NAME");
  if (!table_name) return tidemill::errors::ValidationException("TABLE_NAME is not set");
  const OrderPlan plan = plan_of(event);
  const uint64_t count = event.value("orders", uint64_t{100});
  const uint64_t by_time = static_cast<uint64_t>(now().milliseconds / 1000 % 100'000) * 10'000;
  const uint64_t first = event.value("first", by_time);
  Table table(client, table_name);
  Sent sent;
  std::vector<Order> orders;
  for (uint64_t i = 0; i < count; ++i) orders.push_back(make_order(plan, first + i));
  RETURN_IF_ERROR(send(table, orders, sent));
  return json{{"sent", sent.sent},
              {"updated", sent.updated},
              {"removed", sent.removed},
              {"malformed", sent.malformed},
              {"test", sent.test},
              {"late", sent.late},
              {"duplicated", sent.duplicated},
              {"first", first},
              {"seed", plan.seed}}
      .dump();
}

}  // namespace
}  // namespace sales

int main() {
  using namespace tidemill::aws;
  Client client(ClientOptions{endpoint_from_environment(), region_from_environment(),
                              credentials_from_environment(), &sales::now});
  return sales::serve_invocations([&client](const sales::Invocation& invocation) {
    return sales::generate(client, invocation);
  });
}
