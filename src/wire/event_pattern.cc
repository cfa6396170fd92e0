#include "wire/event_pattern.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "wire/json.h"

namespace tidemill {
namespace event_pattern {

enum class Operator : uint8_t {
  kEquals,
  kPrefix,
  kSuffix,
  kIgnoreCase,
  kPrefixIgnoreCase,
  kSuffixIgnoreCase,
  kWildcard,
  kNumeric,
  kExists,
  kCidr,
  kAnythingBut,
};

struct Network {
  std::array<unsigned char, 16> address{};
  int family = AF_INET;
  int bits = 0;
};

// One condition on one value.
struct Test {
  Operator is = Operator::kEquals;
  Document literal{};  // kEquals
  std::string text{};  // lower case for the operators that ignore it
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;  // kNumeric: the bound itself does not fit
  bool high_open = false;
  bool exists = true;           // kExists
  Network network{};            // kCidr
  std::vector<Test> none_of{};  // kAnythingBut
};

struct Branch {
  std::string key;
  std::vector<Test> tests{};           // of a leaf: one must hold
  std::shared_ptr<const Node> node{};  // otherwise
};

struct Node {
  std::vector<Branch> branches{};            // all must hold
  std::vector<std::vector<Node>> choices{};  // of each $or one must hold
};

namespace {

Error refuse(std::string reason) {
  return errors::InvalidEventPatternException("Event pattern is not valid. Reason: " + reason);
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// ---- addresses

std::optional<Network> parse_address(const std::string& text) {
  Network out;
  if (inet_pton(AF_INET, text.c_str(), out.address.data()) == 1) {
    out.bits = 32;
    return out;
  }
  out.family = AF_INET6;
  out.bits = 128;
  if (inet_pton(AF_INET6, text.c_str(), out.address.data()) == 1) return out;
  return std::nullopt;
}

Result<Network> parse_network(const std::string& text) {
  const size_t slash = text.find('/');
  if (slash == std::string::npos || text.find('/', slash + 1) != std::string::npos) {
    return refuse("Malformed CIDR, one '/' required");
  }
  auto network = parse_address(text.substr(0, slash));
  if (!network) return refuse("Nonstandard IP address: " + text.substr(0, slash));
  const std::string mask = text.substr(slash + 1);
  if (mask.empty() || mask.size() > 3 ||
      mask.find_first_not_of("0123456789") != std::string::npos) {
    return refuse("Malformed CIDR, mask bits must be an integer");
  }
  const int bits = std::stoi(mask);
  if (bits > network->bits) return refuse("IP address mask bits must be between 0 and 128");
  network->bits = bits;
  return *std::move(network);
}

bool is_in(const Network& network, const std::string& text) {
  const auto address = parse_address(text);
  if (!address || address->family != network.family) return false;
  for (int bit = 0; bit < network.bits; ++bit) {
    const size_t byte = static_cast<size_t>(bit) / 8;
    const int mask = 0x80 >> (bit % 8);
    if ((address->address[byte] & mask) != (network.address[byte] & mask)) return false;
  }
  return true;
}

// ---- wildcards: '*' is any text, '\*' and '\\' are themselves

Status check_wildcard(std::string_view pattern) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      if (i + 1 == pattern.size() || (pattern[i + 1] != '*' && pattern[i + 1] != '\\')) {
        return refuse("Invalid escape character at pos " + std::to_string(i));
      }
      ++i;
    } else if (pattern[i] == '*' && i + 1 < pattern.size() && pattern[i + 1] == '*') {
      return refuse("Consecutive wildcard characters at pos " + std::to_string(i));
    }
  }
  return ok();
}

// Greedy with one point of return: linear in practice, text times pattern at worst.
bool fits_wildcard(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, back_p = std::string_view::npos, back_t = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      back_p = ++p;
      back_t = t;
      continue;
    }
    const size_t literal = p < pattern.size() && pattern[p] == '\\' ? p + 1 : p;
    if (literal < pattern.size() && pattern[literal] == text[t]) {
      p = literal + 1;
      ++t;
    } else if (back_p != std::string_view::npos) {
      p = back_p;
      t = ++back_t;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// ---- reading a pattern

using Tests = Result<std::vector<Test>>;

Result<Test> parse_text_test(const std::string& name, const Document& value) {
  const bool end = name == "prefix" || name == "suffix";
  const Document* operand = &value;
  Operator is = name == "prefix"     ? Operator::kPrefix
                : name == "suffix"   ? Operator::kSuffix
                : name == "wildcard" ? Operator::kWildcard
                                     : Operator::kIgnoreCase;
  if (const auto* object = value.if_object(); object && end) {
    if (object->size() != 1 || object->front().first != "equals-ignore-case") {
      return refuse("Unsupported " + name + " match pattern: only equals-ignore-case is allowed");
    }
    operand = &object->front().second;
    is = name == "prefix" ? Operator::kPrefixIgnoreCase : Operator::kSuffixIgnoreCase;
  }
  const auto* text = operand->if_string();
  if (!text) return refuse(name + " match pattern must be a string");
  if (is == Operator::kWildcard) RETURN_IF_ERROR(check_wildcard(*text));
  const bool exact =
      is == Operator::kPrefix || is == Operator::kSuffix || is == Operator::kWildcard;
  return Test{.is = is, .text = exact ? *text : lowered(*text)};
}

Status add_bound(Test& test, const std::string& comparison, double bound) {
  if (comparison == "=") {
    test.low = test.high = bound;
  } else if (comparison == "<" || comparison == "<=") {
    test.high = bound;
    test.high_open = comparison == "<";
  } else if (comparison == ">" || comparison == ">=") {
    test.low = bound;
    test.low_open = comparison == ">";
  } else {
    return refuse("Unrecognized numeric range operator: " + comparison);
  }
  return ok();
}

Result<Test> parse_numeric(const Document& value) {
  const auto* terms = value.if_array();
  if (!terms) return refuse("Value of numeric must be an array.");
  if (terms->empty()) return refuse("Invalid member in numeric match: ]");
  if (terms->size() != 2 && terms->size() != 4) {
    return refuse(terms->size() > 4 ? "Too many terms in numeric range expression"
                                    : "Invalid member in numeric match");
  }
  Test test{.is = Operator::kNumeric};
  for (size_t i = 0; i < terms->size(); i += 2) {
    const auto* comparison = (*terms)[i].if_string();
    if (!comparison) return refuse("Invalid member in numeric match: " + to_json((*terms)[i]));
    const auto bound = (*terms)[i + 1].to_double();
    if (!bound) return refuse("Value of " + *comparison + " must be numeric");
    const bool range = terms->size() == 4;
    const bool lower = comparison->starts_with(">");
    if (range && (*comparison == "=" || lower != (i == 0))) {
      return refuse("Bad numeric range operator: " + *comparison);
    }
    RETURN_IF_ERROR(add_bound(test, *comparison, *bound));
  }
  if (terms->size() == 4 && test.low >= test.high) return refuse("Bottom must be less than top");
  return test;
}

bool is_text_operator(std::string_view name) {
  return name == "prefix" || name == "suffix" || name == "equals-ignore-case" || name == "wildcard";
}

Tests parse_none_of_values(const Document::Array& values) {
  std::vector<Test> out;
  if (values.empty()) return refuse("Empty arrays are not allowed");
  for (const Document& value : values) {
    if (value.is_string() != values.front().is_string() ||
        (!value.is_string() && !value.is_number())) {
      return refuse(
          "Inside anything but list, either all values are number or string, mixed type is not "
          "supported");
    }
    out.push_back(Test{.literal = value});
  }
  return out;
}

Result<Test> parse_anything_but(const Document& value) {
  Test test{.is = Operator::kAnythingBut};
  if (const auto* values = value.if_array()) {
    Tests tests = parse_none_of_values(*values);
    if (!tests) return tests.error();
    test.none_of = *std::move(tests);
    return test;
  }
  const auto* object = value.if_object();
  if (!object) {
    if (!value.is_string() && !value.is_number()) {
      return refuse("Value of anything-but must be an array or single string/number value.");
    }
    test.none_of.push_back(Test{.literal = value});
    return test;
  }
  if (object->size() != 1) return refuse("Only one key allowed in match expression");
  const auto& [name, operand] = object->front();
  if (!is_text_operator(name)) return refuse("Unsupported anything-but pattern: " + name);
  const Document::Array one{operand};
  const auto* several = operand.if_array();
  if (several && several->empty()) return refuse("Empty arrays are not allowed");
  for (const Document& text : several ? *several : one) {
    Result<Test> inner = parse_text_test(name, text);
    if (!inner) return inner.error();
    test.none_of.push_back(*std::move(inner));
  }
  return test;
}

Result<Test> parse_test(const Document& value) {
  if (value.is_array()) return refuse("Match value must be String, number, true, false, or null");
  const auto* object = value.if_object();
  if (!object) return Test{.literal = value};
  if (object->empty()) return refuse("Empty objects are not allowed");
  if (object->size() != 1) return refuse("Only one key allowed in match expression");
  const auto& [name, operand] = object->front();
  if (is_text_operator(name)) return parse_text_test(name, operand);
  if (name == "numeric") return parse_numeric(operand);
  if (name == "anything-but") return parse_anything_but(operand);
  if (name == "exists") {
    if (!operand.is_bool()) return refuse("exists match pattern must be either true or false.");
    return Test{.is = Operator::kExists, .exists = operand.as_bool()};
  }
  if (name == "cidr") {
    const auto* text = operand.if_string();
    if (!text) return refuse("prefix match pattern must be a string");
    Result<Network> network = parse_network(*text);
    if (!network) return network.error();
    return Test{.is = Operator::kCidr, .network = *network};
  }
  return refuse("Unrecognized match type " + name);
}

Result<Node> parse_node(const Document::Object& members, int depth);

Result<std::vector<Node>> parse_choices(const Document::Array& values, int depth) {
  std::vector<Node> out;
  for (const Document& value : values) {
    Result<Node> node = parse_node(value.as_object(), depth + 1);
    if (!node) return node.error();
    out.push_back(*std::move(node));
  }
  return out;
}

// "$or" is an operator only with two or more objects; else it is the name of a member.
bool is_choice(const std::string& key, const Document& value) {
  const auto* values = value.if_array();
  return key == "$or" && values && values->size() > 1 &&
         std::all_of(values->begin(), values->end(),
                     [](const Document& each) { return each.is_object(); });
}

Result<Branch> parse_branch(const std::string& key, const Document& value, int depth) {
  Branch branch{.key = key};
  if (const auto* object = value.if_object()) {
    Result<Node> node = parse_node(*object, depth + 1);
    if (!node) return node.error();
    branch.node = std::make_shared<const Node>(*std::move(node));
    return branch;
  }
  const auto* values = value.if_array();
  if (!values) return refuse("\"" + key + "\" must be an object or an array");
  if (values->empty()) return refuse("Empty arrays are not allowed");
  for (const Document& each : *values) {
    Result<Test> test = parse_test(each);
    if (!test) return test.error();
    branch.tests.push_back(*std::move(test));
  }
  return branch;
}

Result<Node> parse_node(const Document::Object& members, int depth) {
  if (members.empty()) return refuse("Empty objects are not allowed");
  if (depth > kEventPatternDepthMax) return refuse("Event pattern is nested too deeply");
  Node node;
  for (const auto& [key, value] : members) {
    if (is_choice(key, value)) {
      Result<std::vector<Node>> choices = parse_choices(value.as_array(), depth);
      if (!choices) return choices.error();
      node.choices.push_back(*std::move(choices));
      continue;
    }
    Result<Branch> branch = parse_branch(key, value, depth);
    if (!branch) return branch.error();
    node.branches.push_back(*std::move(branch));
  }
  return node;
}

// ---- matching

bool equals(const Document& literal, const Document& value) {
  if (literal.is_number() && value.is_number()) {
    return literal.as_number() == value.as_number() || literal.to_double() == value.to_double();
  }
  return literal == value;
}

bool holds_text(const Test& test, const std::string& text) {
  switch (test.is) {
    case Operator::kPrefix:
      return text.starts_with(test.text);
    case Operator::kSuffix:
      return text.ends_with(test.text);
    case Operator::kIgnoreCase:
      return lowered(text) == test.text;
    case Operator::kPrefixIgnoreCase:
      return lowered(text).starts_with(test.text);
    case Operator::kSuffixIgnoreCase:
      return lowered(text).ends_with(test.text);
    case Operator::kWildcard:
      return fits_wildcard(test.text, text);
    case Operator::kCidr:
      return is_in(test.network, text);
    default:
      return false;
  }
}

bool holds_number(const Test& test, double value) {
  if (value < test.low || (test.low_open && value == test.low)) return false;
  return value < test.high || (!test.high_open && value == test.high);
}

// `value` is a scalar of the event.
bool holds(const Test& test, const Document& value) {
  switch (test.is) {
    case Operator::kEquals:
      return equals(test.literal, value);
    case Operator::kExists:
      return test.exists;
    case Operator::kNumeric: {
      const auto number = value.to_double();
      return number && holds_number(test, *number);
    }
    case Operator::kAnythingBut:
      return std::none_of(test.none_of.begin(), test.none_of.end(),
                          [&value](const Test& inner) { return holds(inner, value); });
    default: {
      const auto* text = value.if_string();
      return text && holds_text(test, *text);
    }
  }
}

bool is_absent(const Document* value) {
  if (!value || value->is_object()) return true;  // exists looks at leaves only
  const auto* values = value->if_array();
  return values && std::all_of(values->begin(), values->end(),
                               [](const Document& each) { return is_absent(&each); });
}

bool holds_anywhere(const Test& test, const Document& value) {
  if (value.is_object()) return false;
  const auto* values = value.if_array();
  if (!values) return holds(test, value);
  return std::any_of(values->begin(), values->end(),
                     [&test](const Document& each) { return holds_anywhere(test, each); });
}

bool leaf_matches(const std::vector<Test>& tests, const Document* value) {
  const bool absent = is_absent(value);
  for (const Test& test : tests) {
    if (test.is == Operator::kExists && !test.exists) {
      if (absent) return true;
    } else if (!absent && holds_anywhere(test, *value)) {
      return true;
    }
  }
  return false;
}

bool node_matches(const Node& node, const Document* value) {
  if (const auto* values = value ? value->if_array() : nullptr; values && !values->empty()) {
    return std::any_of(values->begin(), values->end(),
                       [&node](const Document& each) { return node_matches(node, &each); });
  }
  for (const Branch& branch : node.branches) {
    const Document* member = value ? value->find(branch.key) : nullptr;
    const bool fits =
        branch.node ? node_matches(*branch.node, member) : leaf_matches(branch.tests, member);
    if (!fits) return false;
  }
  return std::all_of(node.choices.begin(), node.choices.end(), [value](const auto& choices) {
    return std::any_of(choices.begin(), choices.end(),
                       [value](const Node& choice) { return node_matches(choice, value); });
  });
}

}  // namespace
}  // namespace event_pattern

Result<EventPattern> EventPattern::parse(std::string_view json) {
  const Result<Document> document = parse_json(json);
  if (!document) return event_pattern::refuse("Filter is not valid JSON");
  const auto* members = document->if_object();
  if (!members) return event_pattern::refuse("Filter is not an object");
  Result<event_pattern::Node> root = event_pattern::parse_node(*members, 0);
  if (!root) return root.error();
  return EventPattern(std::make_shared<const event_pattern::Node>(*std::move(root)));
}

bool EventPattern::matches(const Document& event) const {
  return event_pattern::node_matches(*root_, &event);
}

}  // namespace tidemill
