#include "services/kinesis/reshard.h"

#include <fmt/format.h>

#include <algorithm>

namespace tidemill::kinesis {

Resharding::Resharding(kv::Transaction& tx, const Scope& scope, StreamDefinition stream,
                       Timestamp now)
    : tx_(tx),
      scope_(scope),
      stream_(std::move(stream)),
      now_(now),
      shards_(shards_of(tx, scope, stream_.StreamName)) {}

Result<size_t> Resharding::open_shard(const std::string& shard_id) const {
  const auto found = std::find_if(shards_.begin(), shards_.end(),
                                  [&](const auto& shard) { return shard.ShardId() == shard_id; });
  if (found == shards_.end()) {
    return errors::ResourceNotFoundException(
        fmt::format("Could not find shard {} in stream {} under account {}.", shard_id,
                    stream_.StreamName, scope_.account));
  }
  if (!found->open()) {
    return errors::InvalidArgumentException(
        fmt::format("Shard {} in stream {} under account {} has already been merged or split, and "
                    "thus is not eligible for merging or splitting.",
                    shard_id, stream_.StreamName, scope_.account));
  }
  return static_cast<size_t>(found - shards_.begin());
}

void Resharding::close(ShardDefinition& shard) {
  const log::Log log = shard_log(scope_, stream_.StreamName, shard.ShardId());
  shard.closed_position = static_cast<int64_t>(log.next(tx_));
  shard.closed_ms = now_.milliseconds;
  --stream_.open_shards;
  put_shard(tx_, scope_, stream_.StreamName, shard);
}

void Resharding::split_at(size_t place, HashKey start) {
  close(shards_[place]);
  const HashRange range = shards_[place].range();
  const int64_t parent = shards_[place].index;
  for (const HashRange& half : {HashRange{range.first, start - 1}, HashRange{start, range.last}}) {
    shards_.push_back(add_shard(tx_, scope_, stream_, half, parent, std::nullopt, now_));
  }
}

void Resharding::merge_at(size_t place, size_t adjacent) {
  close(shards_[place]);
  close(shards_[adjacent]);
  const HashRange a = shards_[place].range();
  const HashRange b = shards_[adjacent].range();
  const HashRange whole{std::min(a.first, b.first), std::max(a.last, b.last)};
  const int64_t parent = shards_[place].index;
  const int64_t adjacent_parent = shards_[adjacent].index;
  shards_.push_back(add_shard(tx_, scope_, stream_, whole, parent, adjacent_parent, now_));
}

Status Resharding::split(const std::string& shard_id, const std::string& start) {
  const Result<size_t> place = open_shard(shard_id);
  if (!place) return place.error();
  const ShardDefinition& shard = shards_[*place];
  const HashRange range = shard.range();
  const auto key = parse_hash_key(start);
  if (!key || *key <= range.first || *key - range.first < 2 || *key >= range.last) {
    return errors::InvalidArgumentException(fmt::format(
        "NewStartingHashKey {} used in SplitShard() on shard {} in stream {} under account {} is "
        "not both greater than one plus the shard's StartingHashKey {} and less than the shard's "
        "EndingHashKey {}.",
        start, shard_id, stream_.StreamName, scope_.account, shard.StartingHashKey,
        shard.EndingHashKey));
  }
  split_at(*place, *key);
  return ok();
}

Status Resharding::merge(const std::string& shard_id, const std::string& adjacent_id) {
  const Result<size_t> place = open_shard(shard_id);
  if (!place) return place.error();
  const Result<size_t> adjacent = open_shard(adjacent_id);
  if (!adjacent) return adjacent.error();
  const HashRange a = shards_[*place].range();
  const HashRange b = shards_[*adjacent].range();
  const bool neighbours = (a.last != kHashKeyMax && a.last + 1 == b.first) ||
                          (b.last != kHashKeyMax && b.last + 1 == a.first);
  if (!neighbours) {
    return errors::InvalidArgumentException(
        fmt::format("Shards {} and {} in stream {} under account {} are not an adjacent pair of "
                    "shards eligible for merging",
                    shard_id, adjacent_id, stream_.StreamName, scope_.account));
  }
  merge_at(*place, *adjacent);
  return ok();
}

std::vector<size_t> Resharding::open_by_range() const {
  std::vector<size_t> places;
  for (size_t i = 0; i < shards_.size(); ++i) {
    if (shards_[i].open()) places.push_back(i);
  }
  std::sort(places.begin(), places.end(), [this](size_t a, size_t b) {
    return shards_[a].range().first < shards_[b].range().first;
  });
  return places;
}

void Resharding::scale_to(size_t count) {
  const std::vector<HashRange> targets = uniform_ranges(count);
  // Cut where a target begins inside a shard; what lies between two cuts is then merged.
  size_t next = 0;
  for (size_t place : open_by_range()) {
    const HashKey last = shards_[place].range().last;
    for (; next < targets.size() && targets[next].first <= last; ++next) {
      if (targets[next].first == shards_[place].range().first) continue;
      split_at(place, targets[next].first);
      place = shards_.size() - 1;
    }
  }
  size_t target = 0;
  std::optional<size_t> left;
  for (const size_t place : open_by_range()) {
    const HashKey first = shards_[place].range().first;
    if (!targets[target].contains(first)) {
      ++target;
      left.reset();
    }
    if (left) merge_at(*left, place);
    left = left ? shards_.size() - 1 : place;
  }
}

void Resharding::store() {
  put_routes(tx_, scope_, stream_.StreamName, shards_);
  put_stream(tx_, scope_, stream_);
  tx_.touch(stream_topic(scope_, stream_.StreamName));
}

}  // namespace tidemill::kinesis
