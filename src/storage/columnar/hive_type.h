// Types of columns as the Glue Data Catalog writes them: "int", "decimal(10,2)",
// "array<struct<sku:string,n:int>>".
// https://docs.aws.amazon.com/athena/latest/ug/data-types.html
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "wire/result.h"

namespace tidemill::columnar {

enum class HiveKind : uint8_t {
  kBoolean,
  kTinyint,
  kSmallint,
  kInt,
  kBigint,
  kFloat,
  kDouble,
  kDecimal,
  kString,
  kBinary,
  kDate,
  kTimestamp,
  kArray,
  kMap,
  kStruct,
};

// A value. `string` stands for varchar(n) and char(n) too.
struct HiveType {
  HiveKind kind = HiveKind::kString;
  int precision = 10;  // of a decimal, at most 38
  int scale = 0;
  std::vector<HiveType> children;  // array: 1; map: key, value; struct: members
  std::vector<std::string> names;  // of a struct's members
  friend bool operator==(const HiveType&, const HiveType&) = default;
};

inline constexpr int kTypeDepthMax = 64;

// ValidationException when the text is no type, nests too deep or a decimal has no such precision.
Result<HiveType> parse_hive_type(std::string_view text);
std::string to_text(const HiveType& type);

// A column of a table: the name and the type as the catalog has them.
struct HiveColumn {
  std::string name;
  std::string type;
  friend bool operator==(const HiveColumn&, const HiveColumn&) = default;
};

}  // namespace tidemill::columnar
