// Which types become which: implicit coercion, common types and the ways CAST knows.
// https://trino.io/docs/current/functions/conversion.html
#include <algorithm>

#include "flow/athena_sql/types.h"

namespace tidemill::athena_sql {

namespace {

int integer_digits(TypeKind kind) {
  switch (kind) {
    case TypeKind::kTinyint:
      return 3;
    case TypeKind::kSmallint:
      return 5;
    case TypeKind::kInteger:
      return 10;
    default:
      return 19;
  }
}

Type as_decimal(const Type& type) {
  return type.is(TypeKind::kDecimal) ? type : decimal(integer_digits(type.kind), 0);
}

std::optional<Type> common_number(const Type& a, const Type& b) {
  if (a.is(TypeKind::kDouble) || b.is(TypeKind::kDouble)) return simple(TypeKind::kDouble);
  if (a.is(TypeKind::kReal) || b.is(TypeKind::kReal)) return simple(TypeKind::kReal);
  if (a.is_integer() && b.is_integer()) return simple(std::max(a.kind, b.kind));
  const Type left = as_decimal(a);
  const Type right = as_decimal(b);
  const int scale = std::max(left.scale, right.scale);
  const int whole = std::max(left.precision - left.scale, right.precision - right.scale);
  return decimal(std::min(kDecimalPrecisionMax, whole + scale), scale);
}

std::optional<Type> common_time(const Type& a, const Type& b) {
  const auto rank = [](const Type& type) {
    if (type.is(TypeKind::kDate)) return 1;
    if (type.is(TypeKind::kTimestamp)) return 2;
    return type.is(TypeKind::kTimestampWithZone) ? 3 : 0;
  };
  if (rank(a) == 0 || rank(b) == 0) return std::nullopt;
  Type out = rank(a) >= rank(b) ? a : b;
  const Type& other = rank(a) >= rank(b) ? b : a;
  if (!other.is(TypeKind::kDate)) out.precision = std::max(a.precision, b.precision);
  return out;
}

std::optional<Type> common_text(const Type& a, const Type& b) {
  Type out = a;
  if (!a.is(b.kind)) out.kind = TypeKind::kChar;  // char wins: blanks are padding
  const bool unbounded = a.precision == kVarcharUnbounded || b.precision == kVarcharUnbounded;
  if (unbounded) return varchar();
  out.precision = std::max(a.precision, b.precision);
  return out;
}

std::optional<Type> common_nested(const Type& a, const Type& b) {
  if (!a.is(b.kind) || a.arguments.size() != b.arguments.size()) return std::nullopt;
  Type out = a;
  for (size_t i = 0; i < a.arguments.size(); ++i) {
    std::optional<Type> inner = common_type(a.arguments[i], b.arguments[i]);
    if (!inner) return std::nullopt;
    out.arguments[i] = std::move(*inner);
    if (a.is(TypeKind::kRow) && i < b.names.size() && i < out.names.size() &&
        a.names[i] != b.names[i]) {
      out.names[i].clear();
    }
  }
  return out;
}

bool can_cast_nested(const Type& from, const Type& to) {
  if (!from.is(to.kind) || from.arguments.size() != to.arguments.size()) return false;
  for (size_t i = 0; i < from.arguments.size(); ++i) {
    if (!can_cast(from.arguments[i], to.arguments[i])) return false;
  }
  return true;
}

bool can_cast_to_text(const Type& from) {
  return from.kind != TypeKind::kVarbinary && from.arguments.empty();
}

}  // namespace

std::optional<Type> common_type(const Type& a, const Type& b) {
  if (a == b)
    return a.names.size() >= b.names.size() && a.is(TypeKind::kRow) ? common_nested(a, b)
                                                                    : std::optional(a);
  if (a.is(TypeKind::kUnknown)) return b;
  if (b.is(TypeKind::kUnknown)) return a;
  if (a.is_number() && b.is_number()) return common_number(a, b);
  if (a.is_text() && b.is_text()) return common_text(a, b);
  if (!a.arguments.empty()) return common_nested(a, b);
  if (a.is(TypeKind::kTime) && b.is(TypeKind::kTime)) return a.precision > b.precision ? a : b;
  return common_time(a, b);
}

bool can_coerce(const Type& from, const Type& to) {
  if (from.is_text() && to.is(TypeKind::kVarchar)) {
    return to.precision == kVarcharUnbounded ||
           (from.precision != kVarcharUnbounded && from.precision <= to.precision);
  }
  const std::optional<Type> common = common_type(from, to);
  return common && *common == to;
}

bool can_cast(const Type& from, const Type& to) {
  if (from.is(TypeKind::kUnknown) || from == to) return true;
  if (from.is(TypeKind::kJson) || to.is(TypeKind::kJson)) {
    return from.kind != TypeKind::kVarbinary && to.kind != TypeKind::kVarbinary;
  }
  if (!from.arguments.empty() || !to.arguments.empty()) return can_cast_nested(from, to);
  if (to.is_text()) return can_cast_to_text(from);
  if (from.is_text()) return !to.is_interval();
  const auto number = [](const Type& t) { return t.is_number() || t.is(TypeKind::kBoolean); };
  if (number(from) && number(to)) return true;
  const auto day = [](const Type& t) {
    return t.is(TypeKind::kDate) || t.is(TypeKind::kTimestamp) ||
           t.is(TypeKind::kTimestampWithZone);
  };
  if (day(from) && day(to)) return true;
  if (to.is(TypeKind::kTime)) return from.is(TypeKind::kTime) || day(from);
  if (from.is(TypeKind::kUuid)) return to.is(TypeKind::kVarbinary);
  return from.is(to.kind);
}

}  // namespace tidemill::athena_sql
