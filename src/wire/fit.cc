#include <fmt/format.h>

#include <cmath>

#include "wire/timestamp.h"
#include "wire/validation.h"

namespace tidemill {
namespace {

std::string_view kind_of(const Document& value) {
  if (value.is_string()) return "STRING_VALUE";
  if (value.is_number()) return "NUMBER_VALUE";
  if (value.is_bool()) return value.as_bool() ? "TRUE_VALUE" : "FALSE_VALUE";
  return "VALUE";
}

Status misfit(const Document& value, std::string_view wanted) {
  if (value.is_object()) {
    return errors::SerializationException("Start of structure or map found where not expected.");
  }
  if (value.is_array()) {
    return errors::SerializationException("Start of list found where not expected");
  }
  return errors::SerializationException(
      fmt::format("{} can not be converted to {}", kind_of(value), wanted));
}

Status fit_structure(const Shape& shape, Document& input) {
  if (!input.is_object()) return misfit(input, "a structure");
  Document::Object known;
  for (auto& [name, value] : input.as_object()) {
    if (value.is_null()) continue;
    for (const Member& member : shape.members) {
      if (member.name != name) continue;
      RETURN_IF_ERROR(fit_to_shape(*member.shape, value));
      known.emplace_back(std::move(name), std::move(value));
      break;
    }
  }
  input = Document(std::move(known));
  return ok();
}

Status fit_blob(Document& input) {
  if (input.is_blob()) return ok();
  if (!input.is_string()) return misfit(input, "a Blob");
  auto bytes = base64_decode(input.as_string());
  if (!bytes) return std::move(bytes).error();
  input = Document(Blob{*std::move(bytes)});
  return ok();
}

Status fit_timestamp(Document& input) {
  if (input.is_timestamp()) return ok();
  if (const auto seconds = input.to_double()) {
    constexpr double kFarthest = 253'402'300'799.0;  // the end of year 9999
    if (std::fabs(*seconds) > kFarthest) {
      return errors::SerializationException("Timestamp is out of range");
    }
    input = Document(Timestamp{std::llround(*seconds * 1000)});
    return ok();
  }
  if (!input.is_string()) return misfit(input, "a Timestamp");
  const auto time = parse_iso8601(input.as_string());
  if (!time) return errors::SerializationException("Unable to parse the timestamp");
  input = Document(*time);
  return ok();
}

Status fit_integer(Document& input, std::string_view wanted, int64_t lowest, int64_t highest) {
  if (!input.is_number()) return misfit(input, wanted);
  const auto number = input.to_int64();
  if (!number || *number < lowest || *number > highest) return misfit(input, wanted);
  return ok();
}

}  // namespace

Status fit_to_shape(const Shape& shape, Document& input) {
  if (shape.opaque || input.is_null()) return ok();
  switch (shape.kind) {
    case ShapeKind::kStructure:
      return fit_structure(shape, input);
    case ShapeKind::kList:
      if (!input.is_array()) return misfit(input, "a List");
      for (Document& element : input.as_array()) {
        RETURN_IF_ERROR(fit_to_shape(*shape.element, element));
      }
      return ok();
    case ShapeKind::kMap:
      if (!input.is_object()) return misfit(input, "a Map");
      for (auto& [name, value] : input.as_object()) {
        RETURN_IF_ERROR(fit_to_shape(*shape.element, value));
      }
      return ok();
    case ShapeKind::kString:
      return input.is_string() ? Status(ok()) : misfit(input, "a String");
    case ShapeKind::kInteger:
      return fit_integer(input, "an Integer", INT32_MIN, INT32_MAX);
    case ShapeKind::kLong:
      return fit_integer(input, "a Long", INT64_MIN, INT64_MAX);
    case ShapeKind::kFloat:
    case ShapeKind::kDouble:
      return input.is_number() ? Status(ok()) : misfit(input, "a Double");
    case ShapeKind::kBoolean:
      return input.is_bool() ? Status(ok()) : misfit(input, "a Boolean");
    case ShapeKind::kBlob:
      return fit_blob(input);
    case ShapeKind::kTimestamp:
      return fit_timestamp(input);
    case ShapeKind::kDocument:
      return ok();
  }
  return ok();
}

}  // namespace tidemill
