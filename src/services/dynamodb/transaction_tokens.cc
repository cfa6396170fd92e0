#include "services/dynamodb/transaction_tokens.h"

#include "services/dynamodb/items.h"

namespace tidemill::dynamodb {
namespace {

std::string token_key(const Scope& scope, const std::string& token) {
  return kv::Key(kv::Keyspace::kDynamodbTokens).scope(scope).text(token).bytes();
}

}  // namespace

Result<bool> was_carried_out(const kv::View& view, const Scope& scope, const std::string& token,
                             const std::string& request, Timestamp now) {
  const auto stored = view.get(token_key(scope, token));
  if (!stored) return false;
  const std::string framed = " " + *stored;
  kv::KeyReader reader(framed);
  const auto time = static_cast<int64_t>(reader.u64());
  if (now.milliseconds - time >= kTokenMs) return false;
  if (reader.u64() == partition_hash(request)) return true;
  return errors::IdempotentParameterMismatchException(
      "Request parameters do not match the parameters of the earlier request with this "
      "ClientRequestToken");
}

void remember_token(kv::Transaction& tx, const Scope& scope, const std::string& token,
                    const std::string& request, Timestamp now) {
  const auto time = static_cast<uint64_t>(now.milliseconds);
  const std::string key = token_key(scope, token);
  const std::string value =
      kv::Key(kv::Keyspace::kDynamodbTokens).u64(time).u64(partition_hash(request)).bytes();
  tx.put(key, std::string_view(value).substr(1));
  tx.put(kv::Key(kv::Keyspace::kDynamodbTokenTimes).u64(time).raw(key).bytes(), "");
}

size_t forget_tokens(kv::Transaction& tx, Timestamp now, size_t count_max) {
  const std::string begin = kv::Key(kv::Keyspace::kDynamodbTokenTimes).bytes();
  const int64_t until = now.milliseconds - kTokenMs;
  if (until <= 0) return 0;
  const std::string end =
      kv::Key(kv::Keyspace::kDynamodbTokenTimes).u64(static_cast<uint64_t>(until)).bytes();
  std::vector<std::string> times;
  for (auto cursor = tx.scan(begin, end); cursor->valid() && times.size() < count_max;
       cursor->next()) {
    times.emplace_back(cursor->key());
  }
  for (const std::string& time : times) {
    kv::KeyReader reader(time);
    const uint64_t given = reader.u64();
    const std::string key(reader.rest());
    const auto stored = tx.get(key);
    // The token may have been given again since.
    if (stored && kv::KeyReader(" " + *stored).u64() == given) tx.erase(key);
    tx.erase(time);
  }
  return times.size();
}

}  // namespace tidemill::dynamodb
