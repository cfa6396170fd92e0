#include "door/protocols/text_values.h"

#include <cmath>

#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill::protocols {
namespace {

Error unfit(std::string_view text, std::string_view kind) {
  return errors::SerializationException("'" + std::string(text) + "' is not " + std::string(kind));
}

Result<Document> number_of(std::string_view text) {
  auto number = parse_json(text);
  if (!number || !number->is_number()) return unfit(text, "a number");
  return number;
}

Result<Document> timestamp_of(std::string_view text) {
  if (const auto time = parse_iso8601(text)) return Document(*time);
  if (const auto time = parse_http_date(text)) return Document(*time);
  const auto seconds = number_of(text);
  if (!seconds) return unfit(text, "a timestamp");
  return Document(Timestamp{std::llround(seconds->to_double().value_or(0) * 1000)});
}

}  // namespace

Result<Document> value_of_text(const Shape& shape, std::string_view text) {
  switch (shape.kind) {
    case ShapeKind::kInteger:
    case ShapeKind::kLong:
    case ShapeKind::kFloat:
    case ShapeKind::kDouble:
      return number_of(text);
    case ShapeKind::kBoolean:
      if (text == "true" || text == "True" || text == "1") return Document(true);
      if (text == "false" || text == "False" || text == "0") return Document(false);
      return unfit(text, "a boolean");
    case ShapeKind::kTimestamp:
      return timestamp_of(text);
    case ShapeKind::kBlob: {
      auto bytes = base64_decode(text);
      if (!bytes) return std::move(bytes).error();
      return Document(Blob{*std::move(bytes)});
    }
    default:
      return Document(text);
  }
}

std::string text_of_value(const Document& value, TimestampFormat format) {
  if (const auto* text = value.if_string()) return *text;
  if (const auto* flag = value.if_bool()) return *flag ? "true" : "false";
  if (const auto* number = value.if_number()) return number->token;
  if (const auto* blob = value.if_blob()) return base64_encode(blob->bytes);
  if (const auto* time = value.if_timestamp()) {
    if (format == TimestampFormat::kRfc822) return http_date(*time);
    if (format == TimestampFormat::kUnix) return to_json(value);
    return iso8601_millis(*time);
  }
  return to_json(value);
}

TimestampFormat timestamp_format(const Member& member, TimestampFormat fallback) {
  if (member.timestamp_format != TimestampFormat::kDefault) return member.timestamp_format;
  if (member.shape->timestamp_format != TimestampFormat::kDefault) {
    return member.shape->timestamp_format;
  }
  return fallback;
}

}  // namespace tidemill::protocols
