#include "services/dynamodbstreams/shard_iterator.h"

#include "wire/json.h"

namespace tidemill::dynamodbstreams {
namespace {

constexpr const char* kSeparator = "|1|";

Error invalid() { return errors::ValidationException("Invalid ShardIterator"); }

}  // namespace

std::string ShardIterator::text() const {
  Document place;
  place.set("shard", shard_id);
  place.set("position", Document(position));
  place.set("horizon", Document(from_horizon));
  place.set("issued", Document(issued_at.milliseconds));
  return stream_arn + kSeparator + base64_encode(to_json(place));
}

Result<ShardIterator> ShardIterator::parse(const std::string& text) {
  const size_t at = text.find(kSeparator);
  if (at == std::string::npos) return invalid();
  auto json = base64_decode(std::string_view(text).substr(at + 3));
  if (!json) return invalid();
  auto place = parse_json(*json);
  if (!place) return invalid();
  const Document* position = place->find("position");
  const Document* issued = place->find("issued");
  const Document* horizon = place->find("horizon");
  if (!position || !position->to_int64() || !issued || !issued->to_int64() || !horizon ||
      !horizon->is_bool()) {
    return invalid();
  }
  ShardIterator out;
  out.stream_arn = text.substr(0, at);
  out.shard_id = place->text("shard");
  out.position = static_cast<uint64_t>(*position->to_int64());
  out.from_horizon = horizon->as_bool();
  out.issued_at = Timestamp{*issued->to_int64()};
  return out;
}

}  // namespace tidemill::dynamodbstreams
