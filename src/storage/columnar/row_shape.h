// Columns as a tree made ready to read JSON into DuckDB's vectors. Internal to this folder.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "duckdb.hpp"
#include "storage/columnar/hive_type.h"
#include "storage/columnar/parquet.h"

namespace tidemill::columnar {

// One column, member, element, key or value.
struct ShapeNode {
  HiveKind kind = HiveKind::kString;
  int precision = 0;
  int scale = 0;
  std::string path;  // "lines.price", for messages
  std::vector<ShapeNode> children;
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  // JSON key (in lower case when case does not matter) -> child; of a struct.
  std::unordered_map<std::string, size_t, Hash, std::equal_to<>> keys;
  std::vector<char> seen;  // scratch: which members the object at hand had
};

struct RowShape {
  ShapeNode root;  // a struct: its members are the columns
  duckdb::vector<duckdb::LogicalType> types;
  duckdb::vector<std::string> names;
};

duckdb::LogicalType to_duckdb(const HiveType& type);

// ValidationException when a type is wrong or a name comes twice.
Result<RowShape> make_shape(const std::vector<HiveColumn>& columns, const JsonReading& reading);

// Appends `key` as it is looked up in ShapeNode::keys.
void fold_key(std::string_view key, const JsonReading& reading, std::string& out);

}  // namespace tidemill::columnar
