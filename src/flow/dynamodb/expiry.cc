#include "flow/dynamodb/expiry.h"

#include "services/dynamodb/items.h"
#include "services/dynamodb/stream_records.h"
#include "services/dynamodb/transaction_tokens.h"

namespace tidemill::flow {
namespace {

constexpr int64_t kExpiryPeriodMs = 1000;
constexpr int kRoundsPerTrim = 300;  // streams and tokens: every five minutes
constexpr size_t kItemsPerCommand = 100;
constexpr size_t kTokensPerCommand = 1000;

}  // namespace

void DynamodbExpiry::start() { tidemill::start(run()); }

Task<void> DynamodbExpiry::run() {
  for (int round = 0;; round = (round + 1) % kRoundsPerTrim) {
    co_await delete_expired_items();
    if (round == 0) {
      co_await trim_streams();
      co_await forget_tokens();
    }
    co_await environment_.loop.sleep(kExpiryPeriodMs);
  }
}

Task<void> DynamodbExpiry::delete_expired_items() {
  const auto view = environment_.store.published();
  const Timestamp now = environment_.clock.now();
  for (const dynamodb::ScopedTable& one : dynamodb::all_tables(*view)) {
    if (!one.table->time_to_live || !one.table->time_to_live->enabled) continue;
    size_t due = 0;
    do {
      auto act = [&](kv::Transaction& tx) -> Result<size_t> {
        // The table may have changed since the round began.
        const auto table = dynamodb::find_table(tx, one.scope, one.table->name);
        if (!table || table->id != one.table->id) return size_t{0};
        const auto expired = dynamodb::expired_items(tx, *table, now, kItemsPerCommand);
        for (const dynamodb::Expired& item : expired) {
          if (!dynamodb::delete_expired(tx, one.scope, *table, item, now)) tx.erase(item.entry);
        }
        return expired.size();
      };
      if (dynamodb::expired_items(*environment_.store.published(), *one.table, now, 1).empty()) {
        break;
      }
      auto deleting = environment_.store.command(std::move(act));
      const Result<size_t> deleted = co_await std::move(deleting);
      due = deleted ? *deleted : 0;  // a full disk: the next round tries again
    } while (due == kItemsPerCommand);
  }
}

Task<void> DynamodbExpiry::trim_streams() {
  const auto view = environment_.store.published();
  const Timestamp now = environment_.clock.now();
  for (const dynamodb::StreamDescription& stream : dynamodb::all_streams(*view)) {
    auto act = [&](kv::Transaction& tx) -> Status {
      const auto newest = dynamodb::find_stream(tx, stream.scope, stream.arn());
      if (newest) dynamodb::trim_stream(tx, *newest, now);
      return ok();
    };
    auto trimming = environment_.store.command(std::move(act));
    const Status trimmed = co_await std::move(trimming);
    if (!trimmed) co_return;  // a full disk: the next round tries again
  }
}

Task<void> DynamodbExpiry::forget_tokens() {
  const Timestamp now = environment_.clock.now();
  size_t forgotten = 0;
  do {
    auto act = [now](kv::Transaction& tx) -> Result<size_t> {
      return dynamodb::forget_tokens(tx, now, kTokensPerCommand);
    };
    auto forgetting = environment_.store.command(std::move(act));
    const Result<size_t> done = co_await std::move(forgetting);
    forgotten = done ? *done : 0;
  } while (forgotten == kTokensPerCommand);
}

}  // namespace tidemill::flow
