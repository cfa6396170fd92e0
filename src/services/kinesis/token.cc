#include "services/kinesis/token.h"

#include <date/date.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <vector>

#include "services/kinesis/hash_range.h"
#include "wire/bytes.h"

namespace tidemill::kinesis {

namespace {

constexpr std::string_view kShardIteratorKind = "AAI1";
constexpr std::string_view kListTokenKind = "AAL1";
constexpr size_t kSealBytes = 8;

// Parts, each "<length>:<bytes>", behind a seal that tells ours from damaged or made-up text.
std::string seal_of(std::string_view kind, std::string_view body) {
  const std::string text = std::string(kind) + std::string(body);
  const HashKey hash = hash_of(text);
  std::string seal;
  for (size_t i = 0; i < kSealBytes; ++i) seal += static_cast<char>(hash >> (8 * i) & 255);
  return seal;
}

std::string seal_parts(std::string_view kind, const std::vector<std::string>& parts) {
  std::string body;
  for (const std::string& part : parts) body += fmt::format("{}:{}", part.size(), part);
  return base64_encode(std::string(kind) + seal_of(kind, body) + body);
}

// Empty when the text is not of this kind.
std::vector<std::string> open_parts(std::string_view kind, std::string_view token) {
  const Result<std::string> bytes = base64_decode(token);
  if (!bytes || bytes->size() < kind.size() + kSealBytes || !bytes->starts_with(kind)) return {};
  std::string_view rest = std::string_view(*bytes).substr(kind.size());
  const std::string_view seal = rest.substr(0, kSealBytes);
  rest.remove_prefix(kSealBytes);
  if (seal_of(kind, rest) != seal) return {};
  std::vector<std::string> parts;
  while (!rest.empty()) {
    size_t size = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), size);
    CHECK(error == std::errc{} && *end == ':');  // the seal holds: we wrote it
    rest.remove_prefix(static_cast<size_t>(end - rest.data()) + 1);
    parts.emplace_back(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  return parts;
}

int64_t number(const std::string& text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// As Java prints a Date: "Tue Nov 24 02:20:19 UTC 2026".
std::string java_date(int64_t milliseconds) {
  using Seconds = date::sys_time<std::chrono::seconds>;
  const Seconds time{std::chrono::seconds(milliseconds / 1000)};
  return date::format("%a %b %d %H:%M:%S UTC %Y", time);
}

bool is_expired(int64_t issued_ms, Timestamp now) {
  return now.milliseconds - issued_ms > kTokenLifeMs;
}

}  // namespace

std::string to_token(const ShardIterator& iterator) {
  return seal_parts(
      kShardIteratorKind,
      {iterator.scope.account, iterator.scope.region, iterator.stream,
       std::to_string(iterator.stream_created_ms), std::to_string(iterator.shard_index),
       std::to_string(iterator.position), std::to_string(iterator.issued_ms)});
}

Result<ShardIterator> parse_shard_iterator(std::string_view token, Timestamp now) {
  std::vector<std::string> parts = open_parts(kShardIteratorKind, token);
  if (parts.size() != 7) return errors::InvalidArgumentException("Invalid ShardIterator.");
  ShardIterator iterator;
  iterator.scope = Scope{std::move(parts[0]), std::move(parts[1])};
  iterator.stream = std::move(parts[2]);
  iterator.stream_created_ms = number(parts[3]);
  iterator.shard_index = number(parts[4]);
  iterator.position = static_cast<uint64_t>(number(parts[5]));
  iterator.issued_ms = number(parts[6]);
  if (is_expired(iterator.issued_ms, now)) {
    return errors::ExpiredIteratorException(fmt::format(
        "Iterator expired. The iterator was created at time {} while right now it is {} which is "
        "further in the future than the tolerated delay of {} milliseconds.",
        java_date(iterator.issued_ms), java_date(now.milliseconds), kTokenLifeMs));
  }
  return iterator;
}

std::string to_token(const ListToken& token) {
  return seal_parts(kListTokenKind, {token.stream, std::to_string(token.stream_created_ms),
                                     token.last, token.filter, std::to_string(token.issued_ms)});
}

Result<ListToken> parse_list_token(std::string_view token, Timestamp now) {
  std::vector<std::string> parts = open_parts(kListTokenKind, token);
  if (parts.size() != 5) return errors::InvalidArgumentException("Invalid NextToken.");
  ListToken list{std::move(parts[0]), number(parts[1]), std::move(parts[2]), std::move(parts[3]),
                 number(parts[4])};
  if (is_expired(list.issued_ms, now)) {
    return errors::ExpiredNextTokenException(fmt::format(
        "NextToken expired. The token was created at time {} while right now it is {} which is "
        "further in the future than the tolerated delay of {} milliseconds.",
        java_date(list.issued_ms), java_date(now.milliseconds), kTokenLifeMs));
  }
  return list;
}

}  // namespace tidemill::kinesis
