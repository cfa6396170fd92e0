// The text forms that Athena gives values of each type, in results and in CAST(.. AS VARCHAR)
// inside arrays, maps and rows:
//   boolean true; integers 7; decimal 1.50; double and real as Java prints them (1.0E7, NaN)
//   varchar as it is; varbinary "68 69"; date 2024-01-31; time 12:00:00.000
//   timestamp 2024-01-31 12:00:00.000; with time zone "2024-01-31 12:00:00.000 UTC"
//   interval "2 03:00:00.000" (day to second), "1-2" (year to month)
//   array [1, 2, null]; map {a=1, b=2}; row {x=1, y=two}
// Internal to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "duckdb.hpp"

namespace tidemill::columnar {

std::string print_double(double value);
std::string print_real(float value);
std::string print_timestamp(int64_t microseconds);  // since 1970
std::string print_time(int64_t microseconds);       // since midnight
std::string print_varbinary(std::string_view bytes);

// A value that is not NULL.
std::string print_value(const duckdb::Value& value);

// The cells of a column of a chunk, without making a Value of each when the type is simple.
class ColumnPrinter {
 public:
  ColumnPrinter(duckdb::Vector& vector, duckdb::idx_t count);
  bool is_null(duckdb::idx_t row) const;
  std::string print(duckdb::idx_t row) const;

 private:
  template <class T>
  const T& at(duckdb::idx_t row) const {
    return duckdb::UnifiedVectorFormat::GetData<T>(format_)[format_.sel->get_index(row)];
  }
  duckdb::Vector& vector_;
  duckdb::UnifiedVectorFormat format_;
};

}  // namespace tidemill::columnar
