// What a target gets of an event: a path into it, or a template with places for parts of it.
// Pure values.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html and
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/document.h"
#include "wire/result.h"

namespace tidemill {

// The subset of JSONPath that EventBridge takes: "$", ".name", "['name']", "[0]", "[*]".
class JsonPath {
 public:
  // ValidationException: the text is no such path.
  static Result<JsonPath> parse(std::string_view text);

  // What the path leads to; with [*] the array of all it leads to. nullopt when there is nothing.
  std::optional<Document> find(const Document& root) const;

 private:
  struct Step {
    enum class Kind : uint8_t { kName, kIndex, kAll } kind;
    std::string name;
    size_t index = 0;
  };
  static const Document* follow(const Step& step, const Document& from);
  std::vector<Step> steps_;
};

// A template cut into literal text and placeholders. A placeholder is "<" then letters, digits and
// the signs of a path, then ">"; whatever else stands in angle brackets is literal text.
//
// A placeholder outside quotes becomes the JSON of its value (a text gets its quotes). Inside
// quotes it becomes the text itself, escaped; other values become their JSON, escaped. A
// placeholder without a value becomes "" outside quotes and nothing inside them.
class InputTemplate {
 public:
  static InputTemplate parse(std::string_view text);

  using Lookup = std::function<std::optional<Document>(std::string_view placeholder)>;
  std::string render(const Lookup& lookup) const;

  // The placeholders in order, without the angle brackets.
  std::vector<std::string_view> placeholders() const;

 private:
  struct Piece {
    std::string text;  // literal, or the name of a placeholder
    bool placeholder = false;
    bool quoted = false;
  };
  std::vector<Piece> pieces_;
};

}  // namespace tidemill
