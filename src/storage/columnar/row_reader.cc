#include "storage/columnar/row_reader.h"

#include <simdjson.h>

#include <limits>

#include "storage/columnar/scalar_text.h"
#include "wire/bytes.h"

namespace tidemill::columnar {
namespace {

namespace ondemand = simdjson::ondemand;
using duckdb::FlatVector;
using duckdb::idx_t;
using duckdb::Vector;

constexpr int kDepthMax = 200;

std::string_view trim(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  return text;
}

}  // namespace

// The functions answer false when the value does not fit; `misfit` says why.
struct RowReader::State {
  RowShape& shape;
  const JsonReading& reading;
  ondemand::parser parser{};
  std::string key{};
  Misfit misfit{};

  bool refuse(const ShapeNode& node, std::string message) {
    if (misfit.message.empty()) misfit = {node.path, std::move(message)};
    return false;
  }
  bool broken() {
    if (misfit.message.empty()) misfit = {"", "the record is not a JSON object"};
    return false;
  }

  // Reads over a value that has no column; it must be JSON all the same.
  bool skip(ondemand::value value, int depth) {
    if (depth > kDepthMax) return broken();
    ondemand::json_type type;
    if (value.type().get(type)) return broken();
    switch (type) {
      case ondemand::json_type::object: {
        ondemand::object object;
        if (value.get_object().get(object)) return broken();
        for (auto field : object) {
          ondemand::value member;
          if (field.error() || field.value().get(member) || !skip(member, depth + 1))
            return broken();
        }
        return true;
      }
      case ondemand::json_type::array: {
        ondemand::array array;
        if (value.get_array().get(array)) return broken();
        for (auto item : array) {
          ondemand::value element;
          if (std::move(item).get(element) || !skip(element, depth + 1)) return broken();
        }
        return true;
      }
      default:
        return skip_scalar(value, type);
    }
  }
  bool skip_scalar(ondemand::value& value, ondemand::json_type type) {
    bool flag;
    std::string_view text;
    if (type == ondemand::json_type::boolean) return value.get_bool().get(flag) ? broken() : true;
    if (type == ondemand::json_type::string) return value.get_string().get(text) ? broken() : true;
    if (type == ondemand::json_type::null) return value.is_null() ? true : broken();
    return is_json_number(trim(value.raw_json_token())) ? true : broken();
  }

  bool write_object(ShapeNode& node, const duckdb::vector<Vector*>& members, idx_t row,
                    ondemand::object object) {
    std::fill(node.seen.begin(), node.seen.end(), 0);
    for (auto field : object) {
      std::string_view name;
      ondemand::value value;
      if (field.error() || field.unescaped_key().get(name)) return broken();
      key.clear();
      fold_key(name, reading, key);
      const auto found = node.keys.find(std::string_view(key));
      if (field.value().get(value)) return broken();
      if (found == node.keys.end()) {
        if (!skip(value, 0)) return false;
        continue;
      }
      const size_t index = found->second;
      node.seen[index] = 1;
      if (!write(node.children[index], *members[index], row, value)) return false;
    }
    for (size_t i = 0; i < node.seen.size(); ++i) {
      if (!node.seen[i]) FlatVector::SetNull(*members[i], row, true);
    }
    return true;
  }

  bool write(ShapeNode& node, Vector& vector, idx_t row, ondemand::value value) {
    ondemand::json_type type;
    if (value.type().get(type)) return broken();
    if (type == ondemand::json_type::null) {
      if (!value.is_null()) return broken();
      FlatVector::SetNull(vector, row, true);
      return true;
    }
    FlatVector::SetNull(vector, row, false);
    switch (node.kind) {
      case HiveKind::kStruct:
        return write_struct(node, vector, row, value, type);
      case HiveKind::kArray:
        return write_array(node, vector, row, value, type);
      case HiveKind::kMap:
        return write_map(node, vector, row, value, type);
      case HiveKind::kString:
        return write_string(vector, row, value, type);
      default:
        return write_scalar(node, vector, row, value, type);
    }
  }

  bool write_struct(ShapeNode& node, Vector& vector, idx_t row, ondemand::value& value,
                    ondemand::json_type type) {
    if (type != ondemand::json_type::object) return refuse(node, "the value is not an object");
    ondemand::object object;
    if (value.get_object().get(object)) return broken();
    duckdb::vector<Vector*> members;
    for (auto& entry : duckdb::StructVector::GetEntries(vector)) members.push_back(entry.get());
    return write_object(node, members, row, object);
  }

  bool write_array(ShapeNode& node, Vector& vector, idx_t row, ondemand::value& value,
                   ondemand::json_type type) {
    if (type != ondemand::json_type::array) return refuse(node, "the value is not an array");
    ondemand::array array;
    if (value.get_array().get(array)) return broken();
    const idx_t start = duckdb::ListVector::GetListSize(vector);
    idx_t size = start;
    for (auto item : array) {
      ondemand::value element;
      if (std::move(item).get(element)) return broken();
      duckdb::ListVector::Reserve(vector, size + 1);
      // Set before the element is written: it may be a list of the same child vector's children.
      duckdb::ListVector::SetListSize(vector, size + 1);
      if (!write(node.children[0], duckdb::ListVector::GetEntry(vector), size, element))
        return false;
      ++size;
    }
    FlatVector::GetData<duckdb::list_entry_t>(vector)[row] = {start, size - start};
    return true;
  }

  bool write_map(ShapeNode& node, Vector& vector, idx_t row, ondemand::value& value,
                 ondemand::json_type type) {
    if (type != ondemand::json_type::object) return refuse(node, "the value is not an object");
    ondemand::object object;
    if (value.get_object().get(object)) return broken();
    const idx_t start = duckdb::ListVector::GetListSize(vector);
    idx_t size = start;
    for (auto field : object) {
      std::string_view name;
      ondemand::value member;
      if (field.error() || field.unescaped_key().get(name)) return broken();
      duckdb::ListVector::Reserve(vector, size + 1);
      duckdb::ListVector::SetListSize(vector, size + 1);
      FlatVector::SetNull(duckdb::ListVector::GetEntry(vector), size, false);
      if (!write_text(node.children[0], duckdb::MapVector::GetKeys(vector), size, name))
        return false;
      if (field.value().get(member)) return broken();
      if (!write(node.children[1], duckdb::MapVector::GetValues(vector), size, member))
        return false;
      ++size;
    }
    FlatVector::GetData<duckdb::list_entry_t>(vector)[row] = {start, size - start};
    return true;
  }

  bool write_string(Vector& vector, idx_t row, ondemand::value& value, ondemand::json_type type) {
    std::string_view text;
    if (type == ondemand::json_type::string) {
      if (value.get_string().get(text)) return broken();
    } else if (type == ondemand::json_type::object || type == ondemand::json_type::array) {
      if (raw_container(value, type).get(text)) return broken();
    } else {
      text = trim(value.raw_json_token());
      bool flag;
      if (type == ondemand::json_type::boolean && value.get_bool().get(flag)) return broken();
      if (type == ondemand::json_type::number && !is_json_number(text)) return broken();
    }
    FlatVector::GetData<duckdb::string_t>(vector)[row] =
        duckdb::StringVector::AddString(vector, text.data(), text.size());
    return true;
  }
  static simdjson::simdjson_result<std::string_view> raw_container(ondemand::value& value,
                                                                   ondemand::json_type type) {
    if (type == ondemand::json_type::object) {
      ondemand::object object;
      if (const auto error = value.get_object().get(object)) return error;
      return object.raw_json();
    }
    ondemand::array array;
    if (const auto error = value.get_array().get(array)) return error;
    return array.raw_json();
  }

  bool write_scalar(ShapeNode& node, Vector& vector, idx_t row, ondemand::value& value,
                    ondemand::json_type type) {
    std::string_view text;
    if (type == ondemand::json_type::string) {
      if (value.get_string().get(text)) return broken();
      return write_text(node, vector, row, text);
    }
    if (type == ondemand::json_type::boolean) {
      bool flag;
      if (value.get_bool().get(flag)) return broken();
      if (node.kind != HiveKind::kBoolean) return refuse(node, "a boolean is not a number");
      FlatVector::GetData<bool>(vector)[row] = flag;
      return true;
    }
    if (type != ondemand::json_type::number) {
      return refuse(node, "an object or array does not fit the column's type");
    }
    if (node.kind == HiveKind::kDouble) {  // the fast way for the most frequent kind
      return value.get_double().get(FlatVector::GetData<double>(vector)[row])
                 ? refuse(node, "the number is not a double")
                 : true;
    }
    text = trim(value.raw_json_token());
    if (!is_json_number(text)) return broken();
    if (node.kind == HiveKind::kTimestamp) return write_epoch(node, vector, row, text);
    if (node.kind == HiveKind::kBoolean || node.kind == HiveKind::kBinary ||
        node.kind == HiveKind::kDate) {
      return refuse(node, "the number " + std::string(text) + " does not fit the column's type");
    }
    return write_text(node, vector, row, text);
  }

  bool write_epoch(const ShapeNode& node, Vector& vector, idx_t row, std::string_view text) {
    const auto micros = parse_epoch(text);
    if (!micros) return refuse(node, quoted(text) + " is not a timestamp");
    FlatVector::GetData<int64_t>(vector)[row] = *micros;
    return true;
  }

  static std::string quoted(std::string_view text) {
    return "'" + std::string(text.substr(0, 100)) + "'";
  }

  template <class T>
  bool write_whole(const ShapeNode& node, Vector& vector, idx_t row, std::string_view text) {
    const auto number = parse_whole(text);
    if (!number || *number < std::numeric_limits<T>::min() ||
        *number > std::numeric_limits<T>::max()) {
      return refuse(node, quoted(text) + " is not a whole number of that size");
    }
    FlatVector::GetData<T>(vector)[row] = static_cast<T>(*number);
    return true;
  }

  bool write_decimal(const ShapeNode& node, Vector& vector, idx_t row, std::string_view text) {
    const auto number = parse_decimal(text, node.precision, node.scale);
    if (!number)
      return refuse(node, quoted(text) + " does not fit decimal(" + std::to_string(node.precision) +
                              "," + std::to_string(node.scale) + ")");
    if (node.precision <= 4) {
      FlatVector::GetData<int16_t>(vector)[row] = static_cast<int16_t>(*number);
    } else if (node.precision <= 9) {
      FlatVector::GetData<int32_t>(vector)[row] = static_cast<int32_t>(*number);
    } else if (node.precision <= 18) {
      FlatVector::GetData<int64_t>(vector)[row] = static_cast<int64_t>(*number);
    } else {
      FlatVector::GetData<duckdb::hugeint_t>(vector)[row] = {static_cast<int64_t>(*number >> 64),
                                                             static_cast<uint64_t>(*number)};
    }
    return true;
  }

  bool write_floating(const ShapeNode& node, Vector& vector, idx_t row, std::string_view text) {
    const auto number = parse_double(text);
    if (!number) return refuse(node, quoted(text) + " is not a number");
    if (node.kind == HiveKind::kFloat) {
      FlatVector::GetData<float>(vector)[row] = static_cast<float>(*number);
    } else {
      FlatVector::GetData<double>(vector)[row] = *number;
    }
    return true;
  }

  bool write_time(const ShapeNode& node, Vector& vector, idx_t row, std::string_view text) {
    const auto micros = parse_iso_timestamp(text);
    if (node.kind == HiveKind::kTimestamp) {
      if (!micros) return write_epoch(node, vector, row, text);
      FlatVector::GetData<int64_t>(vector)[row] = *micros;
      return true;
    }
    if (!micros) return refuse(node, quoted(text) + " is not a date");
    constexpr int64_t kDay = 86'400'000'000;
    const int64_t days = *micros / kDay - (*micros % kDay < 0 ? 1 : 0);
    FlatVector::GetData<int32_t>(vector)[row] = static_cast<int32_t>(days);
    return true;
  }

  // A value given as text, quoted or not, or as the key of a map.
  bool write_text(const ShapeNode& node, Vector& vector, idx_t row, std::string_view text) {
    FlatVector::SetNull(vector, row, false);
    switch (node.kind) {
      case HiveKind::kTinyint:
        return write_whole<int8_t>(node, vector, row, text);
      case HiveKind::kSmallint:
        return write_whole<int16_t>(node, vector, row, text);
      case HiveKind::kInt:
        return write_whole<int32_t>(node, vector, row, text);
      case HiveKind::kBigint:
        return write_whole<int64_t>(node, vector, row, text);
      case HiveKind::kFloat:
      case HiveKind::kDouble:
        return write_floating(node, vector, row, text);
      case HiveKind::kDecimal:
        return write_decimal(node, vector, row, text);
      case HiveKind::kDate:
      case HiveKind::kTimestamp:
        return write_time(node, vector, row, text);
      case HiveKind::kBoolean:
        if (text != "true" && text != "false")
          return refuse(node, quoted(text) + " is not a boolean");
        FlatVector::GetData<bool>(vector)[row] = text == "true";
        return true;
      case HiveKind::kBinary:
        return write_binary(node, vector, row, text);
      case HiveKind::kString:
        FlatVector::GetData<duckdb::string_t>(vector)[row] =
            duckdb::StringVector::AddString(vector, text.data(), text.size());
        return true;
      default:
        return refuse(node, "text does not fit the column's type");
    }
  }
  bool write_binary(const ShapeNode& node, Vector& vector, idx_t row, std::string_view text) {
    const auto bytes = base64_decode(text);
    if (!bytes) return refuse(node, "the text is not base64");
    FlatVector::GetData<duckdb::string_t>(vector)[row] =
        duckdb::StringVector::AddStringOrBlob(vector, bytes->data(), bytes->size());
    return true;
  }
};

RowReader::RowReader(RowShape& shape, const JsonReading& reading)
    : state_(new State{.shape = shape, .reading = reading}) {}
RowReader::~RowReader() = default;

std::optional<Misfit> RowReader::read(std::string_view json, duckdb::DataChunk& chunk,
                                      duckdb::idx_t row) {
  state_->misfit = {};
  duckdb::vector<Vector*> columns;
  for (auto& vector : chunk.data) columns.push_back(&vector);
  ondemand::document document;
  ondemand::object object;
  const bool read =
      !state_->parser.iterate(json.data(), json.size(), json.size() + kPadding).get(document) &&
      !document.get_object().get(object) &&
      state_->write_object(state_->shape.root, columns, row, object) &&
      document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // nothing follows
  if (read) return std::nullopt;
  state_->broken();
  return state_->misfit;
}

size_t object_end(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace tidemill::columnar
