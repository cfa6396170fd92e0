#include "app/cli/generator.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "wire/json.h"

namespace tidemill::cli {
namespace {

uint64_t count_in(const Document& answer, std::string_view name) {
  const Document* value = answer.find(name);
  const auto number = value ? value->to_int64() : std::nullopt;
  return number && *number > 0 ? static_cast<uint64_t>(*number) : 0;
}

Result<SentOrders> send_slice(aws::Client& client, const GeneratorPlan& plan, uint64_t first,
                              uint64_t orders) {
  Document event = Document::object();
  event.set("orders", orders).set("first", first).set("seed", plan.seed);
  if (!plan.date.empty()) event.set("date", plan.date);
  aws::ClientRequest request;
  request.target = "/2015-03-31/functions/" + percent_encode(plan.function_name) + "/invocations";
  request.headers.set("content-type", "application/json");
  request.body = to_json(event);
  auto response = client.send("lambda", std::move(request));
  if (!response) return std::move(response).error();
  if (response->headers.find("x-amz-function-error")) {
    return failed("the generator failed: " + response->body);
  }
  auto answer = parse_json(response->body);
  if (!answer || !answer->find("sent")) {
    return failed("the generator answered something else: " + response->body.substr(0, 200));
  }
  return SentOrders{count_in(*answer, "sent"),      count_in(*answer, "updated"),
                    count_in(*answer, "removed"),   count_in(*answer, "malformed"),
                    count_in(*answer, "test"),      count_in(*answer, "late"),
                    count_in(*answer, "duplicated")};
}

void add(SentOrders& total, const SentOrders& one) {
  total.sent += one.sent;
  total.updated += one.updated;
  total.removed += one.removed;
  total.malformed += one.malformed;
  total.test += one.test;
  total.late += one.late;
  total.duplicated += one.duplicated;
}

// Shared by the senders: each takes the next slice until none is left or one has failed.
struct Slices {
  std::mutex lock;
  uint64_t next = 0;
  SentOrders total;
  std::optional<Error> error;
};

void send_slices(const Session& session, const GeneratorPlan& plan, Slices& slices,
                 std::atomic<uint64_t>& acknowledged) {
  aws::Client client = session.client();
  for (;;) {
    uint64_t from = 0;
    {
      const std::lock_guard<std::mutex> guard(slices.lock);
      if (slices.error || slices.next >= plan.orders) return;
      from = slices.next;
      slices.next += plan.slice;
    }
    const uint64_t orders = std::min(plan.slice, plan.orders - from);
    auto sent = send_slice(client, plan, plan.first + from, orders);
    const std::lock_guard<std::mutex> guard(slices.lock);
    if (!sent) {
      slices.error = sent.error();
      return;
    }
    add(slices.total, *sent);
    acknowledged += sent->sent;
  }
}

}  // namespace

Result<SentOrders> send_orders(const Session& session, const GeneratorPlan& plan,
                               std::atomic<uint64_t>& acknowledged) {
  Slices slices;
  std::vector<std::thread> senders;
  for (uint64_t i = 0; i < std::max<uint64_t>(plan.senders, 1); ++i) {
    senders.emplace_back([&session, &plan, &slices, &acknowledged] {
      send_slices(session, plan, slices, acknowledged);
    });
  }
  for (std::thread& sender : senders) sender.join();
  if (slices.error) return *slices.error;
  return slices.total;
}

Document sent_document(const SentOrders& sent) {
  Document counts = Document::object();
  counts.set("sent", sent.sent).set("updated", sent.updated).set("removed", sent.removed);
  counts.set("malformed", sent.malformed).set("test", sent.test).set("late", sent.late);
  counts.set("duplicated", sent.duplicated);
  return counts;
}

std::string order_id(uint64_t seed, uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 9) digits.insert(0, 9 - digits.size(), '0');
  return "o-" + std::to_string(seed) + "-" + digits;
}

}  // namespace tidemill::cli
