#include "storage/columnar/guess.h"

#include <algorithm>
#include <cctype>

#include "storage/columnar/infer.h"

namespace tidemill::columnar {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// Place among the numbers, each of which holds all before it; -1 when it is none.
int width_of(HiveKind kind) {
  switch (kind) {
    case HiveKind::kTinyint:
      return 0;
    case HiveKind::kSmallint:
      return 1;
    case HiveKind::kInt:
      return 2;
    case HiveKind::kBigint:
      return 3;
    case HiveKind::kFloat:
      return 4;
    case HiveKind::kDouble:
      return 5;
    default:
      return -1;
  }
}

Guess scalar(HiveKind kind) { return Guess{.kind = kind}; }

// Names of members are the same whatever their case: SQL could not tell them apart.
Guess merge_members(Guess left, Guess right) {
  for (size_t i = 0; i < right.names.size(); ++i) {
    const std::string name = lower(right.names[i]);
    const auto found =
        std::find_if(left.names.begin(), left.names.end(),
                     [&name](const std::string& other) { return lower(other) == name; });
    if (found == left.names.end()) {
      left.names.push_back(std::move(right.names[i]));
      left.children.push_back(std::move(right.children[i]));
      continue;
    }
    Guess& child = left.children[static_cast<size_t>(found - left.names.begin())];
    child = merge(std::move(child), std::move(right.children[i]));
  }
  return left;
}

Guess merge_same_kind(Guess left, Guess right) {
  if (*left.kind == HiveKind::kStruct) return merge_members(std::move(left), std::move(right));
  if (*left.kind == HiveKind::kDecimal) {
    const int scale = std::max(left.scale, right.scale);
    const int whole = std::max(left.precision - left.scale, right.precision - right.scale);
    left.precision = std::min(38, whole + scale);
    left.scale = scale;
    return left;
  }
  for (size_t i = 0; i < left.children.size(); ++i) {
    left.children[i] = merge(std::move(left.children[i]), std::move(right.children[i]));
  }
  return left;
}

Guess guess_number(const Document& value) {
  const std::string& token = value.as_number();
  if (token.find_first_of(".eE") != std::string::npos) return scalar(HiveKind::kDouble);
  const auto number = value.to_int64();
  if (!number) return scalar(HiveKind::kDouble);
  const bool fits = *number >= INT32_MIN && *number <= INT32_MAX;
  return scalar(fits ? HiveKind::kInt : HiveKind::kBigint);
}

}  // namespace

Guess guess_of(const HiveType& type) {
  Guess guess{.kind = type.kind, .precision = type.precision, .scale = type.scale};
  for (const HiveType& child : type.children) guess.children.push_back(guess_of(child));
  guess.names = type.names;
  return guess;
}

Guess guess_of(const Document& value) {
  if (value.is_bool()) return scalar(HiveKind::kBoolean);
  if (value.is_string()) return scalar(HiveKind::kString);
  if (value.is_number()) return guess_number(value);
  Guess guess;
  if (value.is_array()) {
    guess.kind = HiveKind::kArray;
    Guess element;
    for (const Document& child : value.as_array())
      element = merge(std::move(element), guess_of(child));
    guess.children.push_back(std::move(element));
  } else if (value.is_object()) {
    guess.kind = HiveKind::kStruct;
    for (const auto& [name, child] : value.as_object()) {
      Guess one{.kind = HiveKind::kStruct};
      one.names.push_back(name);
      one.children.push_back(guess_of(child));
      guess = merge_members(std::move(guess), std::move(one));
    }
  }
  return guess;
}

Guess merge(Guess left, Guess right) {
  if (!left.kind) return right;
  if (!right.kind) return left;
  if (*left.kind == *right.kind) return merge_same_kind(std::move(left), std::move(right));
  const int a = width_of(*left.kind);
  const int b = width_of(*right.kind);
  if (a >= 0 && b >= 0) {
    const bool loses = std::max(a, b) == 4 && std::min(a, b) >= 2;  // int or bigint with float
    return loses ? scalar(HiveKind::kDouble) : scalar(a > b ? *left.kind : *right.kind);
  }
  const bool decimal = *left.kind == HiveKind::kDecimal || *right.kind == HiveKind::kDecimal;
  return scalar(decimal && (a >= 0 || b >= 0) ? HiveKind::kDouble : HiveKind::kString);
}

HiveType type_of(const Guess& guess) {
  HiveType type{.kind = guess.kind.value_or(HiveKind::kString)};
  type.precision = guess.precision;
  type.scale = guess.scale;
  if (type.kind == HiveKind::kStruct && guess.children.empty()) {
    type.kind = HiveKind::kString;  // Hive has no struct without members
    return type;
  }
  for (const Guess& child : guess.children) type.children.push_back(type_of(child));
  type.names = guess.names;
  return type;
}

std::vector<HiveColumn> columns_of(const Guess& guess) {
  std::vector<HiveColumn> columns;
  for (size_t i = 0; i < guess.names.size() && i < kColumnsMax; ++i) {
    columns.push_back({lower(guess.names[i]), to_text(type_of(guess.children[i]))});
  }
  return columns;
}

HiveType merge_types(const HiveType& left, const HiveType& right) {
  return type_of(merge(guess_of(left), guess_of(right)));
}

std::vector<HiveColumn> merge_columns(const std::vector<HiveColumn>& left,
                                      const std::vector<HiveColumn>& right) {
  std::vector<HiveColumn> merged = left;
  for (const HiveColumn& column : right) {
    const auto same = std::find_if(
        merged.begin(), merged.end(),
        [&column](const HiveColumn& other) { return lower(other.name) == lower(column.name); });
    if (same == merged.end()) {
      merged.push_back(column);
      continue;
    }
    const auto a = parse_hive_type(same->type);
    const auto b = parse_hive_type(column.type);
    if (a && b) same->type = to_text(merge_types(*a, *b));
  }
  return merged;
}

double similarity(const std::vector<HiveColumn>& left, const std::vector<HiveColumn>& right) {
  if (left.empty() && right.empty()) return 1;
  size_t same = 0;
  for (const HiveColumn& column : left) {
    const auto other = std::find_if(right.begin(), right.end(), [&column](const HiveColumn& one) {
      return lower(one.name) == lower(column.name);
    });
    if (other == right.end()) continue;
    const auto a = parse_hive_type(column.type);
    const auto b = parse_hive_type(other->type);
    if (!a || !b) continue;
    const bool text = a->kind == HiveKind::kString || b->kind == HiveKind::kString;
    same += text || merge_types(*a, *b).kind != HiveKind::kString;
  }
  // Members that came later or are rare do not make another table: the smaller one decides.
  return static_cast<double>(same) / static_cast<double>(std::min(left.size(), right.size()));
}

}  // namespace tidemill::columnar
