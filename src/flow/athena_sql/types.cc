#include "flow/athena_sql/types.h"

#include <algorithm>
#include <charconv>

namespace tidemill::athena_sql {

namespace {

struct Names {
  TypeKind kind;
  const char* trino;
  const char* hive;
  const char* engine;
};

// Types without arguments of their own, or with those added by the functions below.
constexpr Names kNames[] = {
    {TypeKind::kUnknown, "unknown", "void", "\"NULL\""},
    {TypeKind::kBoolean, "boolean", "boolean", "BOOLEAN"},
    {TypeKind::kTinyint, "tinyint", "tinyint", "TINYINT"},
    {TypeKind::kSmallint, "smallint", "smallint", "SMALLINT"},
    {TypeKind::kInteger, "integer", "int", "INTEGER"},
    {TypeKind::kBigint, "bigint", "bigint", "BIGINT"},
    {TypeKind::kReal, "real", "float", "FLOAT"},
    {TypeKind::kDouble, "double", "double", "DOUBLE"},
    {TypeKind::kDecimal, "decimal", "decimal", "DECIMAL"},
    {TypeKind::kVarchar, "varchar", "string", "VARCHAR"},
    {TypeKind::kChar, "char", "char", "VARCHAR"},
    {TypeKind::kVarbinary, "varbinary", "binary", "BLOB"},
    {TypeKind::kDate, "date", "date", "DATE"},
    {TypeKind::kTime, "time", "time", "TIME"},
    {TypeKind::kTimestamp, "timestamp", "timestamp", "TIMESTAMP"},
    {TypeKind::kTimestampWithZone, "timestamp", "timestamp", "TIMESTAMPTZ"},
    {TypeKind::kIntervalYearToMonth, "interval year to month", "interval", "INTERVAL"},
    {TypeKind::kIntervalDayToSecond, "interval day to second", "interval", "INTERVAL"},
    {TypeKind::kJson, "json", "string", "JSON"},
    {TypeKind::kUuid, "uuid", "string", "UUID"},
    {TypeKind::kArray, "array", "array", ""},
    {TypeKind::kMap, "map", "map", "MAP"},
    {TypeKind::kRow, "row", "struct", "STRUCT"},
    {TypeKind::kFunction, "function", "function", ""},
    {TypeKind::kVariable, "", "", ""},
};

const Names& names_of(TypeKind kind) { return kNames[static_cast<int>(kind)]; }

std::string parameters(const Type& type) {
  switch (type.kind) {
    case TypeKind::kDecimal:
      return "(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
    case TypeKind::kVarchar:
      return type.precision == kVarcharUnbounded ? "" : "(" + std::to_string(type.precision) + ")";
    case TypeKind::kChar:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampWithZone:
      return "(" + std::to_string(type.precision) + ")";
    default:
      return "";
  }
}

bool is_plain_name(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string nested_name(const Type& type) {
  std::string out = std::string(names_of(type.kind).trino) + "(";
  for (size_t i = 0; i < type.arguments.size(); ++i) {
    if (i) out += ", ";
    if (type.is(TypeKind::kRow) && i < type.names.size() && !type.names[i].empty()) {
      out += is_plain_name(type.names[i]) ? type.names[i] : quote_identifier(type.names[i]);
      out += ' ';
    }
    out += trino_name(type.arguments[i]);
  }
  return out + ")";
}

}  // namespace

bool operator==(const Type& a, const Type& b) {
  return a.kind == b.kind && a.precision == b.precision && a.scale == b.scale &&
         a.arguments == b.arguments && a.variable == b.variable;
}

bool Type::is_orderable() const {
  if (kind == TypeKind::kMap || kind == TypeKind::kFunction || kind == TypeKind::kJson) {
    return false;
  }
  return std::all_of(arguments.begin(), arguments.end(),
                     [](const Type& argument) { return argument.is_orderable(); });
}

bool Type::contains(TypeKind other) const {
  return kind == other || std::any_of(arguments.begin(), arguments.end(),
                                      [&](const Type& inner) { return inner.contains(other); });
}

Type simple(TypeKind kind) { return Type{.kind = kind}; }
Type varchar(int length) { return Type{.kind = TypeKind::kVarchar, .precision = length}; }
Type decimal(int precision, int scale) {
  return Type{.kind = TypeKind::kDecimal, .precision = precision, .scale = scale};
}
Type timestamp(int precision) { return Type{.kind = TypeKind::kTimestamp, .precision = precision}; }
Type timestamp_with_zone(int precision, std::string zone) {
  return Type{
      .kind = TypeKind::kTimestampWithZone, .precision = precision, .zone = std::move(zone)};
}
Type array_of(Type element) {
  return Type{.kind = TypeKind::kArray, .arguments = {std::move(element)}};
}
Type map_of(Type key, Type value) {
  return Type{.kind = TypeKind::kMap, .arguments = {std::move(key), std::move(value)}};
}
Type row_of(std::vector<Type> fields, std::vector<std::string> names) {
  return Type{.kind = TypeKind::kRow, .arguments = std::move(fields), .names = std::move(names)};
}

std::string trino_name(const Type& type) {
  if (type.is(TypeKind::kVariable)) return type.variable;
  if (!type.arguments.empty()) return nested_name(type);
  std::string out = names_of(type.kind).trino + parameters(type);
  if (type.is(TypeKind::kTimestampWithZone)) out += " with time zone";
  return out;
}

std::string hive_name(const Type& type) {
  const std::string name = names_of(type.kind).hive;
  if (type.is(TypeKind::kDecimal) || type.is(TypeKind::kChar)) return name + parameters(type);
  if (type.is(TypeKind::kVarchar) && type.precision != kVarcharUnbounded) {
    return "varchar" + parameters(type);
  }
  if (type.arguments.empty()) return name;
  std::string out = name + "<";
  for (size_t i = 0; i < type.arguments.size(); ++i) {
    if (i) out += ',';
    if (type.is(TypeKind::kRow)) {
      const bool named = i < type.names.size() && !type.names[i].empty();
      out += (named ? type.names[i] : "field" + std::to_string(i)) + ":";
    }
    out += hive_name(type.arguments[i]);
  }
  return out + ">";
}

std::string engine_name(const Type& type) {
  switch (type.kind) {
    case TypeKind::kDecimal:
      return "DECIMAL" + parameters(type);
    case TypeKind::kArray:
      return engine_name(type.arguments[0]) + "[]";
    case TypeKind::kMap:
      return "MAP(" + engine_name(type.arguments[0]) + ", " + engine_name(type.arguments[1]) + ")";
    case TypeKind::kRow: {
      std::string out = "STRUCT(";
      for (size_t i = 0; i < type.arguments.size(); ++i) {
        if (i) out += ", ";
        out += quote_identifier(row_field(type, i)) + " " + engine_name(type.arguments[i]);
      }
      return out + ")";
    }
    default:
      return names_of(type.kind).engine;
  }
}

std::string row_field(const Type& row, size_t index) {
  const bool named = index < row.names.size() && !row.names[index].empty();
  return named ? row.names[index] : "field" + std::to_string(index);
}

std::string column_type_name(const Type& type) {
  if (type.is(TypeKind::kTimestampWithZone)) return "timestamp with time zone";
  return names_of(type.kind).trino;
}

std::optional<Type> named_type(std::string_view name, const std::vector<int>& arguments) {
  const std::string word = lower_case(name);
  const auto first = [&](int otherwise) { return arguments.empty() ? otherwise : arguments[0]; };
  if (arguments.size() > 2) return std::nullopt;
  if (word == "int") return simple(TypeKind::kInteger);
  if (word == "long") return simple(TypeKind::kBigint);
  if (word == "float") return simple(TypeKind::kReal);
  if (word == "string") return varchar();
  if (word == "binary") return simple(TypeKind::kVarbinary);
  if (word == "varchar") return varchar(first(kVarcharUnbounded));
  if (word == "char") return Type{.kind = TypeKind::kChar, .precision = first(1)};
  if (word == "decimal" || word == "dec" || word == "numeric") {
    const int scale = arguments.size() > 1 ? arguments[1] : 0;
    if (first(38) < 1 || first(38) > 38 || scale < 0 || scale > first(38)) return std::nullopt;
    return decimal(first(38), scale);
  }
  if (word == "timestamp") return timestamp(first(3));
  if (word == "time") return Type{.kind = TypeKind::kTime, .precision = first(3)};
  for (const Names& names : kNames) {
    if (word == names.trino && arguments.empty() && names.kind < TypeKind::kArray) {
      return simple(names.kind);
    }
  }
  return std::nullopt;
}

std::string quote_identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    out += c;
    if (c == '"') out += c;
  }
  return out + "\"";
}

std::string quote_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace tidemill::athena_sql
