#include "services/logs/json_filter.h"

#include <optional>
#include <string>
#include <vector>

#include "wire/json.h"

namespace tidemill::logs {
namespace {

class Condition {
 public:
  virtual ~Condition() = default;
  virtual bool holds(const Document& document) const = 0;
};
using ConditionPointer = std::unique_ptr<Condition>;

class Both : public Condition {
 public:
  Both(bool all, ConditionPointer left, ConditionPointer right)
      : all_(all), left_(std::move(left)), right_(std::move(right)) {}
  bool holds(const Document& document) const override {
    const bool left = left_->holds(document);
    return left == all_ ? right_->holds(document) : left;
  }

 private:
  bool all_;
  ConditionPointer left_;
  ConditionPointer right_;
};

struct Step {
  std::string name;
  std::optional<size_t> index;  // of an array
  bool any_index = false;       // [*]
};

// The values that a path leads to; [*] may lead to several.
void follow(const Document& from, const std::vector<Step>& path, size_t at,
            std::vector<const Document*>& found) {
  if (at == path.size()) {
    found.push_back(&from);
    return;
  }
  const Step& step = path[at];
  if (step.any_index && from.is_array()) {
    for (const Document& element : from.as_array()) follow(element, path, at + 1, found);
  } else if (step.index && from.is_array() && *step.index < from.as_array().size()) {
    follow(from.as_array()[*step.index], path, at + 1, found);
  } else if (const Document* member = step.name.empty() ? nullptr : from.find(step.name)) {
    follow(*member, path, at + 1, found);
  }
}

enum class Test { kCompare, kIsNull, kNotExists, kIsTrue, kIsFalse };

bool value_holds(Test test, const Comparison& comparison, const Document& value) {
  switch (test) {
    case Test::kIsNull:
      return value.is_null();
    case Test::kIsTrue:
      return value.is_bool() && value.as_bool();
    case Test::kIsFalse:
      return value.is_bool() && !value.as_bool();
    case Test::kNotExists:
      return false;
    case Test::kCompare:
      break;
  }
  if (const auto number = value.to_double()) return comparison.holds_for_number(*number);
  if (value.is_string()) return comparison.holds_for_text(value.as_string());
  if (value.is_bool()) return comparison.holds_for_text(value.as_bool() ? "true" : "false");
  return false;
}

class Selector : public Condition {
 public:
  bool holds(const Document& document) const override {
    std::vector<const Document*> found;
    follow(document, path, 0, found);
    if (test == Test::kNotExists) return found.empty();
    for (const Document* value : found) {
      if (value_holds(test, comparison, *value)) return true;
    }
    return false;
  }
  std::vector<Step> path;
  Test test = Test::kCompare;
  Comparison comparison;
};

class JsonFilter : public FilterPattern {
 public:
  explicit JsonFilter(ConditionPointer condition) : condition_(std::move(condition)) {}
  bool matches(std::string_view message) const override {
    const auto document = parse_json(message);
    return document && document->is_object() && condition_->holds(*document);
  }

 private:
  ConditionPointer condition_;
};

Result<std::vector<Step>> parse_path(PatternReader& reader) {
  if (!reader.take("$")) return bad_pattern("a selector begins with '$'");
  std::vector<Step> path;
  for (;;) {
    Step step;
    if (reader.take("[")) {
      const std::string inside = reader.take_bare("]");
      if (!reader.take("]")) return bad_pattern("']' is missing");
      const auto number = parse_number(inside);
      step.any_index = inside == "*";
      if (!step.any_index && (!number || *number < 0)) return bad_pattern("bad array index");
      if (!step.any_index) step.index = static_cast<size_t>(*number);
    } else if (reader.take(".")) {
      step.name = reader.take_bare(".[]=!<>&|(){}");
      if (step.name.empty()) return bad_pattern("a selector has an empty name");
    } else {
      return path;
    }
    path.push_back(std::move(step));
  }
}

Result<ConditionPointer> parse_selector(PatternReader& reader) {
  auto selector = std::make_unique<Selector>();
  auto path = parse_path(reader);
  if (!path) return std::move(path).error();
  selector->path = *std::move(path);
  if (reader.take_word("NOT")) {
    if (!reader.take_word("EXISTS")) return bad_pattern("EXISTS must follow NOT");
    selector->test = Test::kNotExists;
  } else if (reader.take_word("IS")) {
    if (reader.take_word("NULL"))
      selector->test = Test::kIsNull;
    else if (reader.take_word("TRUE"))
      selector->test = Test::kIsTrue;
    else if (reader.take_word("FALSE"))
      selector->test = Test::kIsFalse;
    else
      return bad_pattern("NULL, TRUE or FALSE must follow IS");
  } else {
    const auto op = reader.take_operator();
    if (!op) return bad_pattern("an operator is missing");
    auto value = reader.take_value(")&|}");
    if (!value) return std::move(value).error();
    selector->comparison = *std::move(value);
    selector->comparison.op = *op;
  }
  return ConditionPointer(std::move(selector));
}

Result<ConditionPointer> parse_or(PatternReader& reader, int depth);

Result<ConditionPointer> parse_primary(PatternReader& reader, int depth) {
  if (depth > kFilterDepthMax) return bad_pattern("nested too deeply");
  if (!reader.take("(")) return parse_selector(reader);
  auto inside = parse_or(reader, depth + 1);
  if (inside && !reader.take(")")) return bad_pattern("')' is missing");
  return inside;
}

Result<ConditionPointer> parse_and(PatternReader& reader, int depth) {
  auto left = parse_primary(reader, depth);
  while (left && reader.take("&&")) {
    auto right = parse_primary(reader, depth);
    if (!right) return right;
    left = ConditionPointer(std::make_unique<Both>(true, *std::move(left), *std::move(right)));
  }
  return left;
}

Result<ConditionPointer> parse_or(PatternReader& reader, int depth) {
  auto left = parse_and(reader, depth);
  while (left && reader.take("||")) {
    auto right = parse_and(reader, depth);
    if (!right) return right;
    left = ConditionPointer(std::make_unique<Both>(false, *std::move(left), *std::move(right)));
  }
  return left;
}

}  // namespace

Result<std::unique_ptr<FilterPattern>> parse_json_filter(PatternReader reader) {
  auto condition = parse_or(reader, 0);
  if (!condition) return std::move(condition).error();
  if (!reader.take("}") || !reader.at_end()) return bad_pattern("'}' is missing");
  return std::unique_ptr<FilterPattern>(std::make_unique<JsonFilter>(*std::move(condition)));
}

}  // namespace tidemill::logs
