#include "wire/validation.h"

#include <fmt/format.h>

#include <algorithm>

#include "wire/java_regex.h"
#include "wire/json.h"

namespace tidemill {
namespace {

// "tableName", "keySchema.1.member.attributeType": as AWS's messages name a place.
class Place {
 public:
  Place(const Place* outer, std::string segment) : outer_(outer), segment_(std::move(segment)) {}
  std::string text() const { return outer_ ? outer_->text() + "." + segment_ : segment_; }

 private:
  const Place* outer_;
  std::string segment_;
};

std::string camel(std::string_view name) {
  std::string text(name);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  return text;
}

// As Java prints it: strings bare, lists in brackets.
std::string shown(const Document& value) {
  if (const auto* text = value.if_string()) return *text;
  if (const auto* blob = value.if_blob()) {
    return fmt::format("java.nio.HeapByteBuffer[pos=0 lim={0} cap={0}]", blob->bytes.size());
  }
  if (const auto* array = value.if_array()) {
    std::string text = "[";
    for (const Document& element : *array) {
      if (text.size() > 1) text += ", ";
      text += shown(element);
    }
    return text + "]";
  }
  return to_json(value);
}

size_t characters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

class Validator {
 public:
  void check(const Shape& shape, const Document& value, const Place* place) {
    if (shape.opaque) return;
    switch (shape.kind) {
      case ShapeKind::kStructure:
        return check_structure(shape, value, place);
      case ShapeKind::kList:
        return check_list(shape, value, *place);
      case ShapeKind::kMap:
        return check_map(shape, value, *place);
      case ShapeKind::kString:
        return check_string(shape, value, *place);
      case ShapeKind::kBlob:
        return check_length(shape, value, value.as_blob().bytes.size(), *place);
      case ShapeKind::kInteger:
      case ShapeKind::kLong:
      case ShapeKind::kFloat:
      case ShapeKind::kDouble:
        return check_range(shape, value, *place);
      default:
        return;
    }
  }

  Status outcome() && {
    if (violations_.empty()) return ok();
    std::string message = fmt::format("{} validation error{} detected: ", violations_.size(),
                                      violations_.size() == 1 ? "" : "s");
    for (size_t i = 0; i < violations_.size(); ++i) {
      message += (i ? "; " : "") + violations_[i];
    }
    return errors::ValidationException(std::move(message));
  }

 private:
  void add(const std::string& value, const Place& place, std::string_view constraint) {
    violations_.push_back(fmt::format("Value {} at '{}' failed to satisfy constraint: {}", value,
                                      place.text(), constraint));
  }
  void violates(const Document& value, const Place& place, std::string_view constraint) {
    add("'" + shown(value) + "'", place, constraint);
  }

  void check_structure(const Shape& shape, const Document& value, const Place* outer) {
    for (const Member& member : shape.members) {
      const Document* inner = value.find(member.name);
      const Place place(outer, camel(member.name));
      if (inner) {
        check(*member.shape, *inner, &place);
      } else if (member.required && !member.streaming) {
        add("null", place, "Member must not be null");
      }
    }
  }

  void check_list(const Shape& shape, const Document& value, const Place& place) {
    const auto& elements = value.as_array();
    check_length(shape, value, elements.size(), place);
    for (size_t i = 0; i < elements.size(); ++i) {
      const Place inner(&place, fmt::format("{}.member", i + 1));
      if (elements[i].is_null()) {
        add("null", inner, "Member must not be null");
      } else {
        check(*shape.element, elements[i], &inner);
      }
    }
  }

  void check_map(const Shape& shape, const Document& value, const Place& place) {
    check_length(shape, value, value.as_object().size(), place);
    for (const auto& [name, member] : value.as_object()) {
      const Place inner(&place, name + ".member");
      if (member.is_null()) {
        add("null", inner, "Member must not be null");
      } else {
        check(*shape.element, member, &inner);
      }
    }
  }

  void check_string(const Shape& shape, const Document& value, const Place& place) {
    const std::string& text = value.as_string();
    check_length(shape, value, characters(text), place);
    if (!shape.pattern.empty() && !matches_java_pattern(shape.pattern, text)) {
      violates(value, place,
               fmt::format("Member must satisfy regular expression pattern: {}", shape.pattern));
    }
    const auto& allowed = shape.enumeration;
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
      violates(value, place,
               fmt::format("Member must satisfy enum value set: [{}]", fmt::join(allowed, ", ")));
    }
  }

  void check_length(const Shape& shape, const Document& value, size_t length, const Place& place) {
    const auto count = static_cast<double>(length);
    if (shape.has_maximum && count > shape.maximum) {
      violates(value, place,
               fmt::format("Member must have length less than or equal to {:.0f}", shape.maximum));
    }
    if (shape.has_minimum && count < shape.minimum) {
      violates(
          value, place,
          fmt::format("Member must have length greater than or equal to {:.0f}", shape.minimum));
    }
  }

  void check_range(const Shape& shape, const Document& value, const Place& place) {
    const double number = value.to_double().value_or(0);
    if (shape.has_maximum && number > shape.maximum) {
      violates(value, place,
               fmt::format("Member must have value less than or equal to {:.0f}", shape.maximum));
    }
    if (shape.has_minimum && number < shape.minimum) {
      violates(
          value, place,
          fmt::format("Member must have value greater than or equal to {:.0f}", shape.minimum));
    }
  }

  std::vector<std::string> violations_;
};

}  // namespace

Status validate(const Shape& shape, const Document& input) {
  Validator validator;
  validator.check(shape, input, nullptr);
  return std::move(validator).outcome();
}

}  // namespace tidemill
