// One JSON object -> one row of a chunk. Internal to this folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/columnar/row_shape.h"

namespace tidemill::columnar {

struct Misfit {
  std::string column;  // empty: the text is no JSON object
  std::string message;
};

class RowReader {
 public:
  RowReader(RowShape& shape, const JsonReading& reading);
  ~RowReader();
  // Reads the object at `json` (kPadding readable bytes must follow it) into row `row` of `chunk`.
  // The row may be written in part when this answers a Misfit: write over it.
  std::optional<Misfit> read(std::string_view json, duckdb::DataChunk& chunk, duckdb::idx_t row);

  static constexpr size_t kPadding = 64;

 private:
  struct State;  // of simdjson
  std::unique_ptr<State> state_;
};

// The end of the first JSON value that begins at `text[0]` == '{'; npos when it is not closed. Does
// not check more than the nesting and the strings.
size_t object_end(std::string_view text);

}  // namespace tidemill::columnar
