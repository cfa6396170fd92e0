#include "storage/columnar/print.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "duckdb/common/types/date.hpp"

namespace tidemill::columnar {
namespace {

using duckdb::LogicalTypeId;
using duckdb::Value;

// As java.lang.Double.toString: plain between 10^-3 and 10^7, else one digit before the point.
template <class T>
std::string print_floating(T value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  char text[64];
  const T size = std::abs(value);
  if (size >= T(1e-3) && size < T(1e7)) {
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr;
    std::string plain(text, end);
    if (plain.find('.') == std::string::npos) plain += ".0";
    return plain;
  }
  const auto end =
      std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
  const std::string_view all(text, static_cast<size_t>(end - text));
  const size_t e = all.find('e');
  std::string digits(all.substr(0, e));
  if (digits.find('.') == std::string::npos) digits += ".0";
  int exponent = 0;
  const size_t sign = all[e + 1] == '+' ? e + 2 : e + 1;
  std::from_chars(all.data() + sign, all.data() + all.size(), exponent);
  return digits + 'E' + std::to_string(exponent);
}

constexpr int64_t kDayMicroseconds = 86'400'000'000;

std::string print_interval(const duckdb::interval_t& value) {
  if (value.days == 0 && value.micros == 0 && value.months != 0) {
    const int32_t months = std::abs(value.months);
    return fmt::format("{}{}-{}", value.months < 0 ? "-" : "", months / 12, months % 12);
  }
  const int64_t all = (value.months * int64_t{30} + value.days) * kDayMicroseconds + value.micros;
  const int64_t size = std::abs(all);
  return fmt::format("{}{} {}", all < 0 ? "-" : "", size / kDayMicroseconds,
                     print_time(size % kDayMicroseconds));
}

std::string print_child(const Value& value) { return value.IsNull() ? "null" : print_value(value); }

std::string print_list(const Value& value) {
  std::string out = "[";
  for (const Value& child : duckdb::ListValue::GetChildren(value)) {
    if (out.size() > 1) out += ", ";
    out += print_child(child);
  }
  return out + "]";
}

std::string print_map(const Value& value) {
  std::string out = "{";
  for (const Value& entry : duckdb::MapValue::GetChildren(value)) {
    const auto& pair = duckdb::StructValue::GetChildren(entry);
    if (out.size() > 1) out += ", ";
    out += print_child(pair[0]) + "=" + print_child(pair[1]);
  }
  return out + "}";
}

std::string print_struct(const Value& value) {
  const auto& children = duckdb::StructValue::GetChildren(value);
  const auto& types = duckdb::StructType::GetChildTypes(value.type());
  std::string out = "{";
  for (size_t i = 0; i < children.size(); ++i) {
    if (i > 0) out += ", ";
    if (!types[i].first.empty()) out += types[i].first + "=";
    out += print_child(children[i]);
  }
  return out + "}";
}

int64_t timestamp_micros(const Value& value) {
  return value.DefaultCastAs(duckdb::LogicalType::TIMESTAMP).GetValueUnsafe<int64_t>();
}

}  // namespace

std::string print_double(double value) { return print_floating(value); }
std::string print_real(float value) { return print_floating(value); }

std::string print_time(int64_t microseconds) {
  const int64_t ms = microseconds / 1000;
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60,
                     ms % 1000);
}

std::string print_timestamp(int64_t microseconds) {
  int64_t day = microseconds / kDayMicroseconds;
  int64_t rest = microseconds % kDayMicroseconds;
  if (rest < 0) {
    rest += kDayMicroseconds;
    --day;
  }
  return duckdb::Date::ToString(duckdb::date_t(static_cast<int32_t>(day))) + " " + print_time(rest);
}

std::string print_varbinary(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (!out.empty()) out += ' ';
    out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string print_value(const Value& value) {
  switch (value.type().id()) {
    case LogicalTypeId::DOUBLE:
      return print_double(value.GetValueUnsafe<double>());
    case LogicalTypeId::FLOAT:
      return print_real(value.GetValueUnsafe<float>());
    case LogicalTypeId::BLOB:
      return print_varbinary(duckdb::StringValue::Get(value));
    case LogicalTypeId::TIME:
      return print_time(value.GetValueUnsafe<int64_t>());
    case LogicalTypeId::TIMESTAMP:
    case LogicalTypeId::TIMESTAMP_MS:
    case LogicalTypeId::TIMESTAMP_NS:
    case LogicalTypeId::TIMESTAMP_SEC:
      return print_timestamp(timestamp_micros(value));
    case LogicalTypeId::TIMESTAMP_TZ:
      return print_timestamp(value.GetValueUnsafe<int64_t>()) + " UTC";
    case LogicalTypeId::INTERVAL:
      return print_interval(value.GetValueUnsafe<duckdb::interval_t>());
    case LogicalTypeId::LIST:
      return print_list(value);
    case LogicalTypeId::ARRAY:
      return print_list(value.DefaultCastAs(
          duckdb::LogicalType::LIST(duckdb::ArrayType::GetChildType(value.type()))));
    case LogicalTypeId::MAP:
      return print_map(value);
    case LogicalTypeId::STRUCT:
      return print_struct(value);
    default:
      return value.ToString();
  }
}

ColumnPrinter::ColumnPrinter(duckdb::Vector& vector, duckdb::idx_t count) : vector_(vector) {
  vector.ToUnifiedFormat(count, format_);
}

bool ColumnPrinter::is_null(duckdb::idx_t row) const {
  return !format_.validity.RowIsValid(format_.sel->get_index(row));
}

std::string ColumnPrinter::print(duckdb::idx_t row) const {
  switch (vector_.GetType().id()) {
    case LogicalTypeId::BOOLEAN:
      return at<bool>(row) ? "true" : "false";
    case LogicalTypeId::TINYINT:
      return std::to_string(at<int8_t>(row));
    case LogicalTypeId::SMALLINT:
      return std::to_string(at<int16_t>(row));
    case LogicalTypeId::INTEGER:
      return std::to_string(at<int32_t>(row));
    case LogicalTypeId::BIGINT:
      return std::to_string(at<int64_t>(row));
    case LogicalTypeId::DOUBLE:
      return print_double(at<double>(row));
    case LogicalTypeId::FLOAT:
      return print_real(at<float>(row));
    case LogicalTypeId::VARCHAR:
      return at<duckdb::string_t>(row).GetString();
    case LogicalTypeId::TIMESTAMP:
      return print_timestamp(at<int64_t>(row));
    default:
      return print_value(vector_.GetValue(row));
  }
}

}  // namespace tidemill::columnar
