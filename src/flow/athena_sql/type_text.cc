// Reads types as Glue and as Trino write them.
#include <cctype>
#include <charconv>

#include "flow/athena_sql/types.h"

namespace tidemill::athena_sql {

namespace {

// Both notations differ in the brackets and in how a field is written, so one reader knows both.
class Reader {
 public:
  Reader(std::string_view text, bool hive) : text_(text), hive_(hive) {}

  std::optional<Type> all() {
    std::optional<Type> type = one(0);
    skip_spaces();
    if (place_ != text_.size()) return std::nullopt;
    return type;
  }

 private:
  void skip_spaces() {
    while (place_ < text_.size() && text_[place_] == ' ') ++place_;
  }
  bool take(char c) {
    skip_spaces();
    if (place_ >= text_.size() || text_[place_] != c) return false;
    ++place_;
    return true;
  }
  bool is_word_char(char c) const {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) ||
           (hive_ && (c == '-' || c == '$' || c == '.' || c == '@' || c == '#' || c == '/'));
  }
  std::string word() {
    skip_spaces();
    if (place_ < text_.size() && (text_[place_] == '"' || text_[place_] == '`')) return quoted();
    std::string out;
    while (place_ < text_.size() && is_word_char(text_[place_])) out += text_[place_++];
    return out;
  }
  std::string quoted() {
    const char quote = text_[place_++];
    std::string out;
    while (place_ < text_.size() && text_[place_] != quote) out += text_[place_++];
    if (place_ < text_.size()) ++place_;
    return out;
  }
  char open() const { return hive_ ? '<' : '('; }
  char close() const { return hive_ ? '>' : ')'; }

  std::optional<Type> one(int depth) {
    if (depth > kTypeDepthMax) return std::nullopt;
    const std::string name = word();
    const std::string lower = lower_case(name);
    if (lower == "array") return nested(TypeKind::kArray, 1, 1, depth);
    if (lower == "map") return nested(TypeKind::kMap, 2, 2, depth);
    if (lower == "function") return nested(TypeKind::kFunction, 1, 8, depth);
    if (lower == "struct" || lower == "row") return row(depth);
    if (!hive_ && name.size() == 1 && std::isupper(static_cast<unsigned char>(name[0]))) {
      return Type{.kind = TypeKind::kVariable, .variable = name};
    }
    const std::string whole = interval_or(name);
    std::optional<Type> type = named_type(whole, numbers());
    if (type && !hive_ && type->is(TypeKind::kTimestamp) && take_words(" with time zone")) {
      type->kind = TypeKind::kTimestampWithZone;
    }
    return type;
  }

  std::string interval_or(const std::string& name) {
    if (lower_case(name) != "interval") return name;
    if (take_words(" year to month")) return "interval year to month";
    if (take_words(" day to second")) return "interval day to second";
    return name;
  }
  bool take_words(std::string_view words) {
    if (lower_case(text_.substr(place_, words.size())) != words) return false;
    place_ += words.size();
    return true;
  }

  std::vector<int> numbers() {
    std::vector<int> out;
    const size_t before = place_;  // " with time zone" may follow
    if (!take('(')) {
      place_ = before;
      return out;
    }
    do {
      skip_spaces();
      int number = 0;
      const auto [end, error] =
          std::from_chars(text_.data() + place_, text_.data() + text_.size(), number);
      if (error != std::errc()) return {0, 0, 0};  // three numbers are no type's
      place_ = static_cast<size_t>(end - text_.data());
      out.push_back(number);
    } while (take(','));
    if (!take(')')) return {0, 0, 0};
    return out;
  }

  std::optional<Type> nested(TypeKind kind, size_t least, size_t most, int depth) {
    Type type{.kind = kind};
    if (!take(open())) return std::nullopt;
    do {
      std::optional<Type> argument = one(depth + 1);
      if (!argument) return std::nullopt;
      type.arguments.push_back(std::move(*argument));
    } while (take(','));
    if (!take(close()) || type.arguments.size() < least || type.arguments.size() > most) {
      return std::nullopt;
    }
    return type;
  }

  std::optional<Type> row(int depth) {
    Type type{.kind = TypeKind::kRow};
    if (!take(open())) return std::nullopt;
    do {
      type.names.push_back(lower_case(word()));
      if (hive_ && !take(':')) return std::nullopt;
      std::optional<Type> field = one(depth + 1);
      if (!field) return std::nullopt;
      type.arguments.push_back(std::move(*field));
    } while (take(','));
    if (!take(close())) return std::nullopt;
    return type;
  }

  std::string_view text_;
  bool hive_;
  size_t place_ = 0;
};

}  // namespace

std::optional<Type> parse_hive_type(std::string_view text) { return Reader(text, true).all(); }
std::optional<Type> parse_trino_type(std::string_view text) { return Reader(text, false).all(); }

}  // namespace tidemill::athena_sql
