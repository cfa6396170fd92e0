// The types of Athena's SQL (Trino) and what each is called in Trino, in Hive and in DuckDB.
// https://trino.io/docs/current/language/types.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemill::athena_sql {

enum class TypeKind : uint8_t {
  kUnknown,  // of NULL
  kBoolean,
  kTinyint,
  kSmallint,
  kInteger,
  kBigint,
  kReal,
  kDouble,
  kDecimal,
  kVarchar,
  kChar,
  kVarbinary,
  kDate,
  kTime,
  kTimestamp,
  kTimestampWithZone,
  kIntervalYearToMonth,
  kIntervalDayToSecond,
  kJson,
  kUuid,
  kArray,
  kMap,
  kRow,
  kFunction,  // of a lambda: arguments, then the result
  kVariable,  // of a signature in the function table: T, K, V ...
};

inline constexpr int kVarcharUnbounded = -1;
inline constexpr int kDecimalPrecisionMax = 38;
inline constexpr int kTypeDepthMax = 32;

// A value; compared as Trino does (names of row fields do not count).
struct Type {
  TypeKind kind = TypeKind::kUnknown;
  int precision =
      0;  // decimal digits, varchar/char length (kVarcharUnbounded), second fraction digits
  int scale = 0;
  std::vector<Type> arguments;     // element; key, value; fields
  std::vector<std::string> names;  // of the fields of a row; "" where anonymous
  std::string zone;                // time zone of every value of this expression; "" is UTC
  std::string variable;            // kVariable

  bool is(TypeKind other) const { return kind == other; }
  bool is_integer() const { return kind >= TypeKind::kTinyint && kind <= TypeKind::kBigint; }
  bool is_floating() const { return kind == TypeKind::kReal || kind == TypeKind::kDouble; }
  bool is_number() const { return kind >= TypeKind::kTinyint && kind <= TypeKind::kDecimal; }
  bool is_text() const { return kind == TypeKind::kVarchar || kind == TypeKind::kChar; }
  bool is_interval() const {
    return kind == TypeKind::kIntervalYearToMonth || kind == TypeKind::kIntervalDayToSecond;
  }
  bool is_orderable() const;
  bool contains(TypeKind other) const;
};

bool operator==(const Type& a, const Type& b);

Type simple(TypeKind kind);
Type varchar(int length = kVarcharUnbounded);
Type decimal(int precision, int scale);
Type timestamp(int precision = 3);
Type timestamp_with_zone(int precision = 3, std::string zone = "");
Type array_of(Type element);
Type map_of(Type key, Type value);
Type row_of(std::vector<Type> fields, std::vector<std::string> names);

// "varchar(3)", "array(row(x bigint, y varchar))": as Trino's messages and Athena's results say.
std::string trino_name(const Type& type);
// "array<struct<x:bigint,y:string>>": as Glue says.
std::string hive_name(const Type& type);
// "STRUCT(x BIGINT, y VARCHAR)[]".
std::string engine_name(const Type& type);
// The word of ColumnInfo.Type: "varchar", "array", "decimal".
std::string column_type_name(const Type& type);

// The name DuckDB knows the field by: its own, or field0, field1 ...
std::string row_field(const Type& row, size_t index);

// Reads a type of Glue's catalog; nullopt when it is not one.
std::optional<Type> parse_hive_type(std::string_view text);
// Reads a type in Trino's words; single capital letters are variables.
std::optional<Type> parse_trino_type(std::string_view text);
// The type called `name` with the arguments in parentheses after it, or nullopt.
std::optional<Type> named_type(std::string_view name, const std::vector<int>& arguments);

// The type both can become without loss as Trino sees it; nullopt when there is none.
std::optional<Type> common_type(const Type& a, const Type& b);
// True when a value of `from` may stand where `to` is asked.
bool can_coerce(const Type& from, const Type& to);
// True when CAST knows the way.
bool can_cast(const Type& from, const Type& to);

// "name" with double quotes, quotes in it doubled.
std::string quote_identifier(std::string_view name);
// 'text' with single quotes, quotes in it doubled.
std::string quote_text(std::string_view text);
std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

}  // namespace tidemill::athena_sql
