// CAST, TRY_CAST and implicit conversions.
// https://trino.io/docs/current/functions/conversion.html
#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

namespace {

// Both are the same in DuckDB, value by value.
bool is_same_in_engine(const Type& from, const Type& to) {
  if (from.is(TypeKind::kChar) != to.is(TypeKind::kChar)) return false;
  return engine_name(from) == engine_name(to);
}

std::string cast_plain(const std::string& sql, const Type& to) {
  return "CAST(" + sql + " AS " + engine_name(to) + ")";
}

std::string utc_or(const std::string& zone) { return quote_text(zone.empty() ? "UTC" : zone); }

std::string fraction_format(int precision) {
  if (precision == 0) return "";
  return precision <= 3 ? ".%g" : ".%f";
}

}  // namespace

Typed Translator::coerce(Typed value, const Type& to) {
  if (error_) return value;
  if (value.type == to && is_same_in_engine(value.type, to)) {
    value.type = to;
    return value;
  }
  // Text that only gains room stays as it is.
  const bool text = value.type.is_text() && to.is(TypeKind::kVarchar);
  if (!text && !is_same_in_engine(value.type, to)) value.sql = cast_text(value, to, false);
  value.type = to;
  return value;
}

Typed Translator::cast(const Expr& expr, const Scope& scope) {
  Typed value = expression(*expr.children[0], scope);
  if (error_) return value;
  return cast_to(std::move(value), expr.type, expr.at, expr.safe);
}

Typed Translator::cast_to(Typed value, const Type& to, Position at, bool safe) {
  if (!can_cast(value.type, to)) {
    return failed(sql_error("TYPE_MISMATCH", at,
                            "Cannot cast " + trino_name(value.type) + " to " + trino_name(to)));
  }
  Typed out{to, cast_text(value, to, safe)};
  if (safe && out.sql != value.sql) out.sql = "TRY(" + out.sql + ")";
  inherit(out, value);
  if (value.constant && (to.is_text() || to.is(TypeKind::kDate) || to.is_integer())) {
    out.constant = value.constant;
  }
  return out;
}

std::string Translator::cast_to_text(const Typed& value, const Type& to, bool) {
  const Type& from = value.type;
  std::string text;
  switch (from.kind) {
    case TypeKind::kVarchar:
    case TypeKind::kChar:
      text = value.sql;
      break;
    case TypeKind::kReal:
    case TypeKind::kDouble:
    case TypeKind::kIntervalYearToMonth:
    case TypeKind::kIntervalDayToSecond:
      text = "t_text(" + value.sql + ")";
      break;
    case TypeKind::kTimestamp:
      text =
          "strftime(" + value.sql + ", '%Y-%m-%d %H:%M:%S" + fraction_format(from.precision) + "')";
      break;
    case TypeKind::kTimestampWithZone:
      text = "(strftime(timezone(" + utc_or(from.zone) + ", " + value.sql +
             "), '%Y-%m-%d %H:%M:%S" + fraction_format(from.precision) + "') || " +
             quote_text(" " + (from.zone.empty() ? "UTC" : from.zone)) + ")";
      break;
    case TypeKind::kTime:
      text = "strftime(DATE '2000-01-01' + " + value.sql + ", '%H:%M:%S" +
             fraction_format(from.precision) + "')";
      break;
    case TypeKind::kJson:
      text = "json_extract_string(" + value.sql + ", '$')";
      break;
    default:
      text = cast_plain(value.sql, to);
  }
  const std::string length = std::to_string(to.precision);
  if (to.is(TypeKind::kChar)) return "rpad(" + text + ", " + length + ", ' ')";
  const bool fits =
      to.precision == kVarcharUnbounded ||
      (from.is_text() && from.precision != kVarcharUnbounded && from.precision <= to.precision);
  return fits ? text : "substr(" + text + ", 1, " + length + ")";
}

std::string Translator::cast_to_zoned(const Typed& value, const Type& to,
                                      const std::string& plain) {
  const Type& from = value.type;
  if (to.is(TypeKind::kTimestampWithZone)) {
    if (from.is_text() || from.is(TypeKind::kTimestampWithZone)) return plain;
    return "timezone('UTC', CAST(" + value.sql + " AS TIMESTAMP))";
  }
  const std::string local = "timezone(" + utc_or(from.zone) + ", " + value.sql + ")";
  return to.is(TypeKind::kTimestamp) ? local : cast_plain(local, to);
}

std::string Translator::cast_nested(const Typed& value, const Type& to, bool safe) {
  const Type& from = value.type;
  if (from.is(TypeKind::kArray)) {
    const std::string item = quote_identifier(fresh('e'));
    const std::string inner = cast_text(Typed{from.arguments[0], item}, to.arguments[0], safe);
    return "list_transform(" + value.sql + ", lambda " + item + ": " + inner + ")";
  }
  if (from.is(TypeKind::kMap)) {
    const Typed keys{array_of(from.arguments[0]), "map_keys(" + value.sql + ")"};
    const Typed values{array_of(from.arguments[1]), "map_values(" + value.sql + ")"};
    return "map(" + cast_text(keys, array_of(to.arguments[0]), safe) + ", " +
           cast_text(values, array_of(to.arguments[1]), safe) + ")";
  }
  std::string fields;
  for (size_t i = 0; i < from.arguments.size(); ++i) {
    const std::string field =
        "struct_extract(" + value.sql + ", " + quote_text(row_field(from, i)) + ")";
    fields += (i ? ", " : "") + quote_identifier(row_field(to, i)) +
              " := " + cast_text(Typed{from.arguments[i], field}, to.arguments[i], safe);
  }
  return "(CASE WHEN " + value.sql + " IS NULL THEN NULL ELSE struct_pack(" + fields + ") END)";
}

std::string Translator::cast_text(const Typed& value, const Type& to, bool safe) {
  const Type& from = value.type;
  const std::string plain = cast_plain(value.sql, to);
  if (from.is(TypeKind::kUnknown)) return plain;
  if (from.contains(TypeKind::kUnknown) && is_same_in_engine(from, to)) return value.sql;
  if (to.is(TypeKind::kJson)) return from.is(to.kind) ? value.sql : "to_json(" + value.sql + ")";
  if (to.is_text()) return cast_to_text(value, to, safe);
  if (from.is(TypeKind::kJson)) return plain;
  if (!from.arguments.empty()) {
    const bool empty = from.contains(TypeKind::kUnknown) && !from.contains(TypeKind::kRow);
    if (is_same_in_engine(from, to)) return value.sql;
    return empty ? plain : cast_nested(value, to, safe);
  }
  if (from.is(TypeKind::kTimestampWithZone) || to.is(TypeKind::kTimestampWithZone)) {
    return cast_to_zoned(value, to, plain);
  }
  // '1.5' is no integer in Trino, and the halves of floating numbers go away from zero.
  if (from.is_text() && to.is_integer()) return cast_plain("t_whole(" + value.sql + ")", to);
  if (from.is_floating() && to.is_integer()) return cast_plain("round(" + value.sql + ")", to);
  if (from.is(TypeKind::kTimestamp) && to.is(TypeKind::kTimestamp)) {
    if (to.precision >= from.precision || from.precision > 6) return value.sql;
    if (to.precision == 0) {
      return "date_trunc('second', " + value.sql + " + INTERVAL '500 milliseconds')";
    }
    return value.sql;
  }
  return is_same_in_engine(from, to) ? value.sql : plain;
}

}  // namespace tidemill::athena_sql
