#include "orders.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "wire/timestamp.h"

namespace sales {
namespace {

using nlohmann::json;

constexpr uint64_t kCustomers = 5000;
constexpr uint64_t kProducts = 200;
constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kDayMs = 1440 * kMinuteMs;
constexpr int kPromotionMinute = 20 * 60;  // the evening sale: ten minutes from 20:00
constexpr double kPromotionShare = 0.12;

struct Market {
  const char* region;
  const char* currency;
  double weight;
  double price_factor;
};
constexpr std::array<Market, 6> kMarkets = {{{"us-east", "USD", 0.30, 1.0},
                                             {"eu-west", "EUR", 0.25, 0.92},
                                             {"us-west", "USD", 0.20, 1.0},
                                             {"uk", "GBP", 0.10, 0.79},
                                             {"ap-south", "INR", 0.10, 83.0},
                                             {"sa-east", "BRL", 0.05, 5.1}}};
// Orders per hour of the day: lunch and evening are busy, the night is not.
constexpr std::array<double, 24> kHourWeights = {1,  1,  1, 1, 1, 2,  3,  5,  7,  8, 9, 12,
                                                 14, 11, 8, 8, 9, 12, 16, 18, 14, 9, 5, 2};
constexpr std::array<const char*, 8> kCategories = {"books", "coffee", "garden", "kitchen",
                                                    "music", "office", "sports", "toys"};
constexpr std::array<const char*, 10> kNouns = {"Lamp",  "Mug",   "Chair",  "Guide",  "Kettle",
                                                "Scarf", "Clock", "Basket", "Puzzle", "Notebook"};
constexpr std::array<const char*, 8> kKinds = {"Oak",  "Blue",     "Travel", "Classic",
                                               "Mini", "Northern", "Quiet",  "Copper"};
constexpr std::array<const char*, 8> kFirst = {"Ada",  "Bela",  "Chen",  "Dina",
                                               "Emil", "Fatou", "Goran", "Hana"};
constexpr std::array<const char*, 8> kLast = {"Novak",  "Okafor", "Silva",  "Tanaka",
                                              "Larsen", "Haddad", "Moreau", "Patel"};
constexpr std::array<const char*, 4> kChannels = {"web", "mobile", "store", "partner"};
constexpr std::array<const char*, 4> kPayments = {"card", "wallet", "invoice", "transfer"};
constexpr std::array<const char*, 4> kLaterStatuses = {"PAID", "SHIPPED", "DELIVERED", "RETURNED"};

// splitmix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
class Draw {
 public:
  explicit Draw(uint64_t seed) : state_(seed) {}
  uint64_t u64() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  double unit() { return static_cast<double>(u64() >> 11) * 0x1.0p-53; }
  uint64_t below(uint64_t count) { return u64() % count; }
  bool chance(double share) { return unit() < share; }
  // A few of `count` are very popular.
  uint64_t popular(uint64_t count, double skew) {
    return static_cast<uint64_t>(static_cast<double>(count) * std::pow(unit(), skew));
  }
  template <class T, size_t N>
  const T& of(const std::array<T, N>& choices) {
    return choices[below(N)];
  }

 private:
  uint64_t state_;
};

const Market& draw_market(Draw& draw) {
  double left = draw.unit();
  for (const Market& market : kMarkets) {
    if ((left -= market.weight) < 0) return market;
  }
  return kMarkets.front();
}

int draw_minute(Draw& draw, bool promotion) {
  if (promotion) return kPromotionMinute + static_cast<int>(draw.below(10));
  double total = 0;
  for (const double weight : kHourWeights) total += weight;
  double left = draw.unit() * total;
  int hour = 0;
  while (hour < 23 && (left -= kHourWeights[static_cast<size_t>(hour)]) >= 0) ++hour;
  return hour * 60 + static_cast<int>(draw.below(60));
}

double cents(double amount) { return std::round(amount * 100) / 100; }

std::string numbered(const char* prefix, uint64_t number, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%s%0*llu", prefix, digits,
                static_cast<unsigned long long>(number));
  return text;
}

json draw_line(Draw& draw, const Market& market, bool promotion) {
  const uint64_t product = draw.popular(kProducts, 2.5);
  Draw of_product(product * 7919 + 17);  // the same product is always the same
  const std::string name = std::string(of_product.of(kKinds)) + " " + of_product.of(kNouns);
  const char* category = of_product.of(kCategories);
  const double list_price = 4 + std::pow(of_product.unit(), 2) * 180;
  const double discount = promotion           ? 0.2 + 0.05 * static_cast<double>(draw.below(5))
                          : draw.chance(0.15) ? 0.1
                                              : 0.0;
  return {{"product_id", numbered("p-", product, 4)},
          {"name", name},
          {"category", category},
          {"quantity", 1 + draw.popular(5, 2)},
          {"unit_price", cents(list_price * market.price_factor)},
          {"discount", discount}};
}

json draw_customer(Draw& draw) {
  const uint64_t customer = draw.popular(kCustomers, 3);
  Draw of_customer(customer * 104729 + 3);
  const std::string first = of_customer.of(kFirst);
  const std::string last = of_customer.of(kLast);
  std::string email = first + "." + last + std::to_string(customer) + "@example.com";
  std::transform(email.begin(), email.end(), email.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return {{"customer_id", numbered("c-", customer, 5)},
          {"name", first + " " + last},
          {"email", email},
          {"phone", numbered("+1555", of_customer.below(10'000'000), 7)}};
}

// One of the ways in which real feeds are wrong.
void spoil(Draw& draw, json& item) {
  switch (draw.below(4)) {
    case 0:
      item["lines"][0]["quantity"] = "three";
      break;
    case 1:
      item.erase("currency");
      break;
    case 2:
      item["lines"] = json::array();
      break;
    default:
      item["lines"][0]["unit_price"] = -1;
      break;
  }
}

json number_attribute(const json& value) { return {{"N", value.dump()}}; }

}  // namespace

Order make_order(const OrderPlan& plan, uint64_t number) {
  Draw draw(plan.seed * 0x9E3779B97F4A7C15ULL + number);
  Order order;
  order.id = "o-" + std::to_string(plan.seed) + numbered("-", number, 9);
  const Market& market = draw_market(draw);
  const bool promotion = draw.chance(kPromotionShare);
  int64_t time = plan.day_ms + draw_minute(draw, promotion) * kMinuteMs +
                 static_cast<int64_t>(draw.below(kMinuteMs));
  order.is_late = draw.chance(plan.late_share);
  if (order.is_late) time -= (1 + static_cast<int64_t>(draw.below(5))) * kDayMs;
  order.is_test = draw.chance(plan.test_share);
  order.is_malformed = !order.is_test && draw.chance(plan.malformed_share);
  order.is_duplicated = draw.chance(plan.duplicate_share);

  json lines = json::array();
  const uint64_t count = 1 + draw.popular(5, 1.5);
  for (uint64_t i = 0; i < count; ++i) lines.push_back(draw_line(draw, market, promotion));
  order.item = {{"order_id", order.id},
                {"order_time", tidemill::iso8601_millis(tidemill::Timestamp{time})},
                {"sent_day", tidemill::iso8601(tidemill::Timestamp{plan.day_ms}).substr(0, 10)},
                {"customer", draw_customer(draw)},
                {"region", market.region},
                {"currency", market.currency},
                {"channel", order.is_test ? "test" : draw.of(kChannels)},
                {"payment_method", draw.of(kPayments)},
                {"status", "PLACED"},
                {"lines", std::move(lines)}};
  if (order.is_malformed) spoil(draw, order.item);
  if (draw.chance(plan.cancel_share)) {
    order.fate = Fate::kIsCancelled;
    order.later_status = "CANCELLED";
  } else if (draw.chance(plan.update_share)) {
    order.fate = Fate::kChanges;
    order.later_status = draw.of(kLaterStatuses);
  }
  return order;
}

json to_dynamodb(const json& value) {
  if (value.is_string()) return {{"S", value}};
  if (value.is_boolean()) return {{"BOOL", value}};
  if (value.is_number()) return number_attribute(value);
  if (value.is_null()) return {{"NULL", true}};
  if (value.is_array()) {
    json list = json::array();
    for (const json& element : value) list.push_back(to_dynamodb(element));
    return {{"L", std::move(list)}};
  }
  json map = json::object();
  for (const auto& [name, member] : value.items()) map[name] = to_dynamodb(member);
  return {{"M", std::move(map)}};
}

json from_dynamodb(const json& attribute) {
  if (!attribute.is_object() || attribute.size() != 1) return nullptr;
  const std::string& type = attribute.begin().key();
  const json& value = attribute.begin().value();
  if (type == "S" || type == "BOOL") return value;
  if (type == "N" && value.is_string())
    return json::parse(value.get_ref<const std::string&>(), nullptr, false);
  if (type == "L" && value.is_array()) {
    json list = json::array();
    for (const json& element : value) list.push_back(from_dynamodb(element));
    return list;
  }
  if (type == "M" && value.is_object()) {
    json map = json::object();
    for (const auto& [name, member] : value.items()) map[name] = from_dynamodb(member);
    return map;
  }
  return nullptr;
}

}  // namespace sales
