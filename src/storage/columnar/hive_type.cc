#include "storage/columnar/hive_type.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace tidemill::columnar {
namespace {

struct Name {
  std::string_view text;
  HiveKind kind;
};
// The first name of a kind is the one we write.
constexpr std::array kNames = {
    Name{"boolean", HiveKind::kBoolean},   Name{"tinyint", HiveKind::kTinyint},
    Name{"smallint", HiveKind::kSmallint}, Name{"int", HiveKind::kInt},
    Name{"integer", HiveKind::kInt},       Name{"bigint", HiveKind::kBigint},
    Name{"long", HiveKind::kBigint},       Name{"float", HiveKind::kFloat},
    Name{"real", HiveKind::kFloat},        Name{"double", HiveKind::kDouble},
    Name{"decimal", HiveKind::kDecimal},   Name{"numeric", HiveKind::kDecimal},
    Name{"string", HiveKind::kString},     Name{"varchar", HiveKind::kString},
    Name{"char", HiveKind::kString},       Name{"binary", HiveKind::kBinary},
    Name{"date", HiveKind::kDate},         Name{"timestamp", HiveKind::kTimestamp},
    Name{"array", HiveKind::kArray},       Name{"map", HiveKind::kMap},
    Name{"struct", HiveKind::kStruct},
};

class TypeParser {
 public:
  explicit TypeParser(std::string_view text) : text_(text) {}

  Result<HiveType> parse_all() {
    auto type = parse(0);
    if (type && at_ != text_.size()) return refuse();
    return type;
  }

 private:
  Error refuse() const {
    return errors::ValidationException("'" + std::string(text_) +
                                       "' is not a type: error at position " + std::to_string(at_));
  }
  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    skip_spaces();
    return true;
  }
  // Up to one of `ends`.
  std::string_view take_until(std::string_view ends) {
    skip_spaces();
    const size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
    std::string_view taken = text_.substr(at_, end - at_);
    at_ = end;
    while (taken.ends_with(' ')) taken.remove_suffix(1);
    return taken;
  }
  std::optional<int> take_number() {
    const std::string_view digits = take_until(",)");
    int number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
      return std::nullopt;
    }
    return number;
  }

  Result<HiveType> parse(int depth) {
    if (depth > kTypeDepthMax) return refuse();
    std::string name(take_until("<>(),:"));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto found = std::find_if(kNames.begin(), kNames.end(),
                                    [&name](const Name& row) { return row.text == name; });
    if (found == kNames.end()) return refuse();
    HiveType type{.kind = found->kind};
    if (Status rest = parse_rest(type, depth); !rest) return std::move(rest).error();
    return type;
  }

  Status parse_rest(HiveType& type, int depth) {
    switch (type.kind) {
      case HiveKind::kDecimal:
        return parse_decimal(type);
      case HiveKind::kString:
        if (take('(') && (!take_number() || !take(')'))) return refuse();
        return ok();
      case HiveKind::kArray:
        return parse_children(type, 1, depth);
      case HiveKind::kMap:
        return parse_children(type, 2, depth);
      case HiveKind::kStruct:
        return parse_members(type, depth);
      default:
        return ok();
    }
  }
  Status parse_decimal(HiveType& type) {
    if (!take('(')) return ok();
    const auto precision = take_number();
    const auto scale = take(',') ? take_number() : 0;
    if (!precision || !scale || !take(')')) return refuse();
    if (*precision < 1 || *precision > 38 || *scale < 0 || *scale > *precision) return refuse();
    type.precision = *precision;
    type.scale = *scale;
    return ok();
  }
  Status parse_children(HiveType& type, int count, int depth) {
    for (int i = 0; i < count; ++i) {
      if (!take(i == 0 ? '<' : ',')) return refuse();
      auto child = parse(depth + 1);
      if (!child) return std::move(child).error();
      type.children.push_back(*std::move(child));
    }
    return take('>') ? Status(ok()) : refuse();
  }
  Status parse_members(HiveType& type, int depth) {
    if (!take('<')) return refuse();
    do {
      std::string name(take_until(":<>,"));
      if (name.empty() || !take(':')) return refuse();
      auto child = parse(depth + 1);
      if (!child) return std::move(child).error();
      type.names.push_back(std::move(name));
      type.children.push_back(*std::move(child));
    } while (take(','));
    return take('>') ? Status(ok()) : refuse();
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Result<HiveType> parse_hive_type(std::string_view text) { return TypeParser(text).parse_all(); }

std::string to_text(const HiveType& type) {
  const auto row = std::find_if(kNames.begin(), kNames.end(),
                                [&type](const Name& name) { return name.kind == type.kind; });
  std::string out(row->text);
  if (type.kind == HiveKind::kDecimal) {
    return out + '(' + std::to_string(type.precision) + ',' + std::to_string(type.scale) + ')';
  }
  if (type.children.empty()) return out;
  out += '<';
  for (size_t i = 0; i < type.children.size(); ++i) {
    if (i > 0) out += ',';
    if (type.kind == HiveKind::kStruct) out += type.names[i] + ':';
    out += to_text(type.children[i]);
  }
  return out + '>';
}

}  // namespace tidemill::columnar
