// JSON records -> Parquet bytes, as Firehose's record format conversion makes them: read as the
// OpenX JSON SerDe reads, written in one file.
// https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/columnar/engine.h"
#include "storage/columnar/hive_type.h"

namespace tidemill::columnar {

enum class Compression : uint8_t { kSnappy, kGzip, kZstd, kUncompressed };

// Of the OpenX JSON SerDe.
struct JsonReading {
  bool case_insensitive = true;
  bool dots_to_underscores = false;              // ConvertDotsInJsonKeysToUnderscores
  std::map<std::string, std::string> key_names;  // ColumnToJsonKeyMappings: column -> JSON key
};

struct ParquetOptions {
  std::vector<HiveColumn> columns;
  JsonReading reading;
  Compression compression = Compression::kSnappy;
};

// A record that cannot be a row; the others go on.
struct RecordError {
  size_t record = 0;    // index in `records`
  std::string column;   // "lines.price"; empty when the record is no JSON object at all
  std::string message;  // for people, with both: "record 3, column lines.price: ..."
};

struct ParquetFile {
  std::string bytes;  // empty when there is no row
  uint64_t rows = 0;
  std::vector<RecordError> errors;  // ascending by record
};

// Each record is the text of one JSON object, or of several put end to end; if one of these is bad,
// none of its record's rows is taken. Members that are no column are skipped, absent ones are NULL,
// and so is an explicit null. A string column takes any value as its JSON text. Integers must be
// whole and in range; decimals are rounded half up to their scale and must fit the precision; dates
// and timestamps are ISO 8601 text or epoch (seconds with a fraction, or milliseconds when the
// number is beyond the year 5138 in seconds).
//
// Blocks: about 3 microseconds per KiB of JSON, then what DuckDB needs to compress. Memory: the
// rows in columns, twice the size of the JSON at most. ValidationException when a column's type is
// wrong.
Result<ParquetFile> to_parquet(Engine& engine, const std::vector<std::string_view>& records,
                               const ParquetOptions& options);

}  // namespace tidemill::columnar
