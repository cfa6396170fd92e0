// What an object holds, as a Glue crawler finds out: its format and the columns with Hive types.
// https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html
//
// JSON: one object after the other, with or without newlines, or an array (then one column "array",
// unless a JSON path says where the records are). Whole numbers are int, or bigint beyond 32 bits;
// others double; a member that is always null, string. CSV: delimiter found among , | tab ; and
// Ctrl-A; a header when the first row is text everywhere and a later one is not; whole numbers are
// bigint. Parquet: the schema in the footer. Any of them in gzip.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/columnar/engine.h"
#include "storage/columnar/hive_type.h"

namespace tidemill::columnar {

inline constexpr size_t kSampleBytes = 1 << 20;         // read of an object, unless it is Parquet
inline constexpr size_t kSampleTextBytesMax = 8 << 20;  // of a sample when it is inflated
inline constexpr size_t kColumnsMax = 2000;

// Custom classifiers, asked in order before the built-in ones.
struct JsonClassifier {
  std::string name;
  std::string path;  // "$", "$[*]", "$.orders[*]", "$.a.b"
};
struct CsvClassifier {
  std::string name;
  char delimiter = ',';
  std::optional<char> quote;
  enum class Header { kUnknown, kPresent, kAbsent } header = Header::kUnknown;
  std::vector<std::string> names;  // of the columns; empty: from the header
  bool single_column = false;
  bool open_csv = false;  // the OpenCSVSerDe was asked for
};
using Classifier = std::variant<JsonClassifier, CsvClassifier>;

struct CsvForm {
  char delimiter = ',';
  std::optional<char> quote;  // read by the OpenCSVSerDe
  bool header = false;
  friend bool operator==(const CsvForm&, const CsvForm&) = default;
};

struct Inferred {
  std::string classification;  // "json", "csv", "parquet", or a custom classifier's name
  enum class Format { kJson, kCsv, kParquet } format = Format::kJson;
  bool gzip = false;
  std::vector<HiveColumn> columns;  // names in lower case
  CsvForm csv{};
  std::string json_path{};    // of the custom classifier that fitted
  uint64_t records = 0;       // in the object; about that many when it is larger than the sample
  uint64_t record_bytes = 0;  // average, uncompressed
};

// nullopt: no classifier knows it. Blocks.
Result<std::optional<Inferred>> infer(Engine& engine, ObjectFiles& files, const ObjectStat& object,
                                      const std::vector<Classifier>& classifiers);

// The same from the first bytes of an object (`whole`: all of them), uncompressed and not Parquet.
std::optional<Inferred> infer_text(std::string_view sample, bool whole,
                                   const std::vector<Classifier>& classifiers);

// One type for values of both: int with bigint is bigint, a whole number with double is double,
// structs have the members of both, arrays merge their elements; anything else is string.
HiveType merge_types(const HiveType& left, const HiveType& right);
// Columns of both by name; those of `left` first.
std::vector<HiveColumn> merge_columns(const std::vector<HiveColumn>& left,
                                      const std::vector<HiveColumn>& right);
// How like each other they are, 0 to 1: the share of columns that both have with types that merge
// without becoming string. A crawler puts objects of 0.7 or more in one table.
double similarity(const std::vector<HiveColumn>& left, const std::vector<HiveColumn>& right);

}  // namespace tidemill::columnar
