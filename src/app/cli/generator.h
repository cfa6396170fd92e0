// Orders by the pipeline's generator function, in slices, from several senders at once.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "app/cli/session.h"

namespace tidemill::cli {

struct GeneratorPlan {
  std::string function_name;
  uint64_t orders = 100;
  uint64_t first = 0;  // number of the first order: order N of a seed is always the same
  uint64_t seed = 1;
  std::string date;  // 2026-11-24; empty: the generator's today
  uint64_t slice = 500;
  uint64_t senders = 2;
};

// What the generator says it sent; each was acknowledged by the table.
struct SentOrders {
  uint64_t sent = 0;
  uint64_t updated = 0;
  uint64_t removed = 0;
  uint64_t malformed = 0;
  uint64_t test = 0;
  uint64_t late = 0;
  uint64_t duplicated = 0;

  // A repeated write of the same item changes nothing, and so leaves no change record.
  uint64_t change_records() const { return sent + updated + removed; }
};

// Blocks until all are sent or one slice failed; `acknowledged` grows meanwhile.
Result<SentOrders> send_orders(const Session& session, const GeneratorPlan& plan,
                               std::atomic<uint64_t>& acknowledged);

Document sent_document(const SentOrders& sent);

// The key the generator gives to an order.
std::string order_id(uint64_t seed, uint64_t number);

}  // namespace tidemill::cli
