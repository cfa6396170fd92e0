// Result files: CSV as Athena writes it, and reading it back in pages.
// https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
//
// Every field that is not NULL stands in double quotes, quotes in it doubled; NULL is nothing at
// all. Rows end with a line feed. The first row is the header.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shapes/athena/Row.h"

namespace tidemill::athena {

void append_csv_field(std::string& out, const std::optional<std::string>& value, bool first);

struct CsvPage {
  std::vector<Row> rows;
  size_t bytes = 0;      // of `text` that the rows take
  bool complete = true;  // false: the text ended within a row
};
// Up to `max` whole rows from the beginning of `text`.
CsvPage read_csv(std::string_view text, size_t max);
// The same of lines of text, each one field; the last may lack its line feed when `last`.
CsvPage read_lines(std::string_view text, size_t max, bool last);

}  // namespace tidemill::athena
