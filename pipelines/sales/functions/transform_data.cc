// The transform function of the delivery stream: unwraps the change record of the table, validates,
// normalises currency, computes totals, masks personal data and derives the partition.
// https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
//
// A removed item and an order of the channel "test" are Dropped; a record that is not an order is
// ProcessingFailed, with its reason in the function's log and in the data it hands back.
#include <array>
#include <cmath>
#include <cstdio>

#include "orders.h"
#include "runtime.h"
#include "wire/bytes.h"

namespace sales {
namespace {

using nlohmann::json;
using tidemill::Result;

// US dollars for one unit.
constexpr std::array<std::pair<const char*, double>, 5> kDollars = {
    {{"USD", 1.0}, {"EUR", 1.09}, {"GBP", 1.27}, {"INR", 0.012}, {"BRL", 0.196}}};

double cents(double amount) { return std::round(amount * 100) / 100; }

tidemill::Error malformed(const std::string& reason) {
  return tidemill::errors::ValidationException(reason);
}

Result<double> dollars_of(const json& order) {
  if (!order.contains("currency")) return malformed("currency is missing");
  for (const auto& [currency, dollars] : kDollars) {
    if (order["currency"] == currency) return dollars;
  }
  return malformed("currency is unknown: " + order["currency"].dump());
}

Result<std::string> text_of(const json& order, const char* name) {
  if (!order.contains(name) || !order[name].is_string()) {
    return malformed(std::string(name) + " is missing");
  }
  return order[name].get<std::string>();
}

// "ada.novak17@example.com" -> "a***@example.com"
std::string masked(const std::string& email) {
  const size_t at = email.find('@');
  return at == std::string::npos || at == 0 ? "***" : email.substr(0, 1) + "***" + email.substr(at);
}

struct Totals {
  double gross = 0;
  double net = 0;
  int64_t items = 0;
};

Result<json> line_of(const json& line, Totals& totals) {
  const json quantity = line.value("quantity", json());
  const json price = line.value("unit_price", json());
  if (!quantity.is_number_integer() || quantity <= 0) return malformed("a quantity is not a count");
  if (!price.is_number() || price < 0) return malformed("a unit price is not an amount");
  const double discount = line.value("discount", 0.0);
  const double gross = quantity.get<double>() * price.get<double>();
  const double net = cents(gross * (1 - discount));
  totals.gross += gross;
  totals.net += net;
  totals.items += quantity.get<int64_t>();
  return json{{"product_id", line.value("product_id", "")},
              {"name", line.value("name", "")},
              {"category", line.value("category", "")},
              {"quantity", quantity},
              {"unit_price", price.get<double>()},
              {"discount", discount},
              {"line_total", net}};
}

Result<json> row_of(const json& change, const json& order) {
  const auto id = text_of(order, "order_id");
  if (!id) return id.error();
  const auto time = text_of(order, "order_time");
  if (!time) return time.error();
  const auto dollars = dollars_of(order);
  if (!dollars) return dollars.error();
  const json lines = order.value("lines", json::array());
  if (!lines.is_array() || lines.empty()) return malformed("the order has no lines");
  Totals totals;
  json out_lines = json::array();
  for (const json& line : lines) {
    auto one = line_of(line, totals);
    if (!one) return one;
    out_lines.push_back(*std::move(one));
  }
  const json customer = order.value("customer", json::object());
  return json{{"event_id", change.value("eventID", "")},
              {"change_type", change.value("eventName", "")},
              {"order_id", *id},
              {"order_time", *time},
              {"customer_id", customer.value("customer_id", "")},
              {"customer_email", masked(customer.value("email", ""))},
              {"channel", order.value("channel", "")},
              {"payment_method", order.value("payment_method", "")},
              {"status", order.value("status", "")},
              {"currency", order["currency"]},
              {"items", totals.items},
              {"gross_amount", cents(totals.gross)},
              {"net_amount", cents(totals.net)},
              {"net_amount_usd", cents(totals.net * *dollars)},
              {"is_late", time->substr(0, 10) < order.value("sent_day", "")},
              {"lines", std::move(out_lines)}};
}

std::string decoded(const std::string& text) {
  auto bytes = tidemill::base64_decode(text);
  return bytes ? *std::move(bytes) : std::string();
}

json transformed(const json& record) {
  const json id = record.value("recordId", "");
  const std::string data = decoded(record.value("data", ""));
  const json change = json::parse(data, nullptr, false);
  const auto failed = [&](const std::string& reason) {
    std::printf("malformed record %s: %s\n", id.get<std::string>().c_str(), reason.c_str());
    const json answer = {{"reason", reason}, {"record", data}};
    return json{{"recordId", id},
                {"result", "ProcessingFailed"},
                {"data", tidemill::base64_encode(
                             answer.dump(-1, ' ', false, json::error_handler_t::replace))}};
  };
  if (!change.is_object() || !change.contains("dynamodb")) return failed("not a change record");
  const json dropped = {
      {"recordId", id}, {"result", "Dropped"}, {"data", record.value("data", "")}};
  if (change.value("eventName", "") == "REMOVE") return dropped;
  const json image = change["dynamodb"].value("NewImage", json());
  if (!image.is_object()) return failed("the change has no new image");
  const json order = from_dynamodb({{"M", image}});
  if (order.value("channel", "") == "test") return dropped;
  auto row = row_of(change, order);
  if (!row) return failed(row.error().message);
  const json keys = {{"dt", (*row)["order_time"].get<std::string>().substr(0, 10)},
                     {"region", order.value("region", "unknown")}};
  return {{"recordId", id},
          {"result", "Ok"},
          {"data", tidemill::base64_encode(row->dump() + "\n")},
          {"metadata", {{"partitionKeys", keys}}}};
}

Result<std::string> transform(const Invocation& invocation) {
  const json event = json::parse(invocation.payload, nullptr, false);
  if (!event.is_object() || !event.contains("records")) {
    return malformed("the event has no records");
  }
  json records = json::array();
  for (const json& record : event["records"]) records.push_back(transformed(record));
  std::fflush(stdout);
  return json{{"records", std::move(records)}}.dump();
}

}  // namespace
}  // namespace sales

int main() {
  return sales::serve_invocations(
      [](const sales::Invocation& invocation) { return sales::transform(invocation); });
}
