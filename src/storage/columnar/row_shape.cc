#include "storage/columnar/row_shape.h"

#include <algorithm>
#include <cctype>

namespace tidemill::columnar {
namespace {

using duckdb::LogicalType;

Status fill(ShapeNode& node, const HiveType& type, const std::string& path,
            const JsonReading& reading) {
  node.kind = type.kind;
  node.precision = type.precision;
  node.scale = type.scale;
  node.path = path;
  node.children.resize(type.children.size());
  node.seen.resize(type.names.size());
  for (size_t i = 0; i < type.children.size(); ++i) {
    const bool member = type.kind == HiveKind::kStruct;
    RETURN_IF_ERROR(fill(node.children[i], type.children[i],
                         member ? path + '.' + type.names[i] : path, reading));
    if (!member) continue;
    std::string key;
    fold_key(type.names[i], reading, key);
    if (!node.keys.emplace(key, i).second) {
      return errors::ValidationException("Column " + path + " has the member " + type.names[i] +
                                         " twice");
    }
  }
  return ok();
}

LogicalType struct_type(const HiveType& type) {
  duckdb::child_list_t<LogicalType> members;
  for (size_t i = 0; i < type.children.size(); ++i) {
    members.emplace_back(type.names[i], to_duckdb(type.children[i]));
  }
  return LogicalType::STRUCT(std::move(members));
}

}  // namespace

LogicalType to_duckdb(const HiveType& type) {
  switch (type.kind) {
    case HiveKind::kBoolean:
      return LogicalType::BOOLEAN;
    case HiveKind::kTinyint:
      return LogicalType::TINYINT;
    case HiveKind::kSmallint:
      return LogicalType::SMALLINT;
    case HiveKind::kInt:
      return LogicalType::INTEGER;
    case HiveKind::kBigint:
      return LogicalType::BIGINT;
    case HiveKind::kFloat:
      return LogicalType::FLOAT;
    case HiveKind::kDouble:
      return LogicalType::DOUBLE;
    case HiveKind::kDecimal:
      return LogicalType::DECIMAL(static_cast<uint8_t>(type.precision),
                                  static_cast<uint8_t>(type.scale));
    case HiveKind::kString:
      return LogicalType::VARCHAR;
    case HiveKind::kBinary:
      return LogicalType::BLOB;
    case HiveKind::kDate:
      return LogicalType::DATE;
    case HiveKind::kTimestamp:
      return LogicalType::TIMESTAMP;
    case HiveKind::kArray:
      return LogicalType::LIST(to_duckdb(type.children[0]));
    case HiveKind::kMap:
      return LogicalType::MAP(to_duckdb(type.children[0]), to_duckdb(type.children[1]));
    case HiveKind::kStruct:
      return struct_type(type);
  }
  return LogicalType::VARCHAR;
}

void fold_key(std::string_view key, const JsonReading& reading, std::string& out) {
  for (char c : key) {
    if (reading.case_insensitive)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (reading.dots_to_underscores && c == '.') c = '_';
    out += c;
  }
}

Result<RowShape> make_shape(const std::vector<HiveColumn>& columns, const JsonReading& reading) {
  if (columns.empty()) return errors::ValidationException("The table has no columns");
  RowShape shape;
  shape.root.kind = HiveKind::kStruct;
  shape.root.children.resize(columns.size());
  shape.root.seen.resize(columns.size());
  for (size_t i = 0; i < columns.size(); ++i) {
    const HiveColumn& column = columns[i];
    auto type = parse_hive_type(column.type);
    if (!type) return std::move(type).error();
    RETURN_IF_ERROR(fill(shape.root.children[i], *type, column.name, reading));
    const auto renamed = reading.key_names.find(column.name);
    std::string key;
    fold_key(renamed == reading.key_names.end() ? column.name : renamed->second, reading, key);
    if (!shape.root.keys.emplace(key, i).second) {
      return errors::ValidationException("There are two columns for the key " + key);
    }
    shape.types.push_back(to_duckdb(*type));
    shape.names.push_back(column.name);
  }
  return shape;
}

}  // namespace tidemill::columnar
