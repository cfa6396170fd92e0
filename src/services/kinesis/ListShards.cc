#include "shapes/kinesis/ListShards.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "services/call/operation.h"
#include "services/kinesis/describe.h"
#include "services/kinesis/token.h"

namespace tidemill::kinesis {

namespace {

constexpr int32_t kShardsShown = 1000;

// A ShardFilter, or none: which of the stream's shards are listed. A shard counts from when it was
// created until it was closed.
struct Filter {
  std::string type;
  int64_t time_ms = 0;
  int64_t after = -1;

  bool takes(const ShardDefinition& shard) const {
    if (type == "AT_LATEST") return shard.open();
    if (type == "AT_TIMESTAMP") {
      return shard.created_ms <= time_ms && (shard.open() || *shard.closed_ms >= time_ms);
    }
    if (type == "FROM_TIMESTAMP") return shard.open() || *shard.closed_ms >= time_ms;
    // Shards beyond the retention period are gone already: what is kept is what the trim horizon
    // still sees, and of that the oldest are those whose parents are gone.
    return true;
  }
};

Result<Filter> filter_of(const ListShardsInput& input) {
  Filter filter;
  if (!input.ShardFilter) return filter;
  filter.type = input.ShardFilter->Type;
  const bool by_time = filter.type == "AT_TIMESTAMP" || filter.type == "FROM_TIMESTAMP";
  if (by_time && !input.ShardFilter->Timestamp) {
    return errors::InvalidArgumentException(
        fmt::format("Timestamp must be provided for ShardFilter type {}.", filter.type));
  }
  if (by_time) filter.time_ms = input.ShardFilter->Timestamp->milliseconds;
  if (filter.type == "AFTER_SHARD_ID") {
    if (!input.ShardFilter->ShardId) {
      return errors::InvalidArgumentException(
          "ShardId must be provided for ShardFilter type AFTER_SHARD_ID.");
    }
    filter.after = shard_index_of(*input.ShardFilter->ShardId).value_or(-1);
  }
  return filter;
}

// What a request asks for, whether it begins a listing or goes on with one.
struct Listing {
  StreamDefinition stream;
  Filter filter;
  int64_t after = -1;
};

Result<Listing> resumed(const Query& query, const std::string& next_token) {
  Result<ListToken> token = parse_list_token(next_token, query.now);
  if (!token) return std::move(token).error();
  auto stream = stream_named(query.view, query.scope(), token->stream);
  if (!stream) return std::move(stream).error();
  Listing listing{*std::move(stream), {}, shard_index_of(token->last).value_or(-1)};
  const size_t colon = token->filter.find(':');
  listing.filter.type = token->filter.substr(0, colon);
  const std::string_view time = std::string_view(token->filter).substr(colon + 1);
  std::from_chars(time.data(), time.data() + time.size(), listing.filter.time_ms);
  return listing;
}

Result<Listing> begun(const Query& query, const ListShardsInput& input) {
  auto stream = stream_meant(query.view, query.scope(), input);
  if (!stream) return std::move(stream).error();
  Result<Filter> filter = filter_of(input);
  if (!filter) return std::move(filter).error();
  Listing listing{*std::move(stream), *std::move(filter), -1};
  listing.after = listing.filter.after;
  if (input.ExclusiveStartShardId) {
    listing.after =
        std::max(listing.after, shard_index_of(*input.ExclusiveStartShardId).value_or(-1));
  }
  return listing;
}

Result<Listing> listing_of(const Query& query, const ListShardsInput& input) {
  const bool names = input.StreamName || input.StreamARN;
  if (input.NextToken && names) {
    return errors::InvalidArgumentException(
        "NextToken and StreamName cannot be provided together.");
  }
  if (!input.NextToken && !names) {
    return errors::InvalidArgumentException("Either NextToken or StreamName should be provided.");
  }
  return input.NextToken ? resumed(query, *input.NextToken) : begun(query, input);
}

}  // namespace

Result<ListShardsOutput> ListShards(const Query& query, ListShardsInput input) {
  const Result<Listing> listing = listing_of(query, input);
  if (!listing) return listing.error();
  const auto limit = static_cast<size_t>(input.MaxResults.value_or(kShardsShown));
  const auto shards =
      shards_after(query.view, query.scope(), listing->stream.StreamName, listing->after, SIZE_MAX);
  ListShardsOutput output;
  auto& shown = output.Shards.emplace();
  for (const ShardDefinition& shard : shards) {
    if (!listing->filter.takes(shard)) continue;
    if (shown.size() == limit) {
      output.NextToken = to_token(
          ListToken{listing->stream.StreamName, listing->stream.created_ms, shown.back().ShardId,
                    fmt::format("{}:{}", listing->filter.type, listing->filter.time_ms),
                    query.now.milliseconds});
      break;
    }
    shown.push_back(shape_of(shard));
  }
  return output;
}

OPERATION(ListShards);

}  // namespace tidemill::kinesis
