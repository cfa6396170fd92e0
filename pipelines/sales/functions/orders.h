// Believable orders: everything of an order follows from a seed and its number, so that a run can
// be repeated and every order accounted for.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace sales {

// Shares are of all orders, 0 to 1.
struct OrderPlan {
  uint64_t seed = 1;
  int64_t day_ms = 0;        // midnight (UTC) of the day the orders fall on, since 1970
  double late_share = 0.01;  // ordered up to five days before they are sent
  double malformed_share = 0.005;
  double test_share = 0.01;       // of the channel "test": not sales
  double duplicate_share = 0.01;  // sent twice, byte for byte, as a retrying sender does
  double update_share = 0.05;     // get a later status
  double cancel_share = 0.01;     // are cancelled and then removed
};

// What happens to an order after it was placed.
enum class Fate { kStays, kChanges, kIsCancelled };

struct Order {
  std::string id;
  nlohmann::json item;  // plain JSON: see to_dynamodb
  bool is_malformed = false;
  bool is_test = false;
  bool is_late = false;
  bool is_duplicated = false;
  Fate fate = Fate::kStays;
  std::string later_status;
};

Order make_order(const OrderPlan& plan, uint64_t number);

// Plain JSON -> DynamoDB JSON ({"S": "x"}, {"N": "1"}, {"L": [...]}, {"M": {...}}).
nlohmann::json to_dynamodb(const nlohmann::json& value);
// And back; numbers that are whole become integers.
nlohmann::json from_dynamodb(const nlohmann::json& attribute);

}  // namespace sales
