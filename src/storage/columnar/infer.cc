#include "storage/columnar/infer.h"

#include <zlib.h>

#include "duckdb.hpp"
#include "storage/columnar/guess.h"
#include "storage/columnar/infer_formats.h"
#include "storage/columnar/instance.h"

namespace tidemill::columnar {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kParquetMagic = "PAR1";

// What can be inflated of the first bytes of a gzip file; `whole` says whether that is all.
std::optional<std::string> inflate_sample(std::string_view bytes, bool& whole) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  int status = Z_OK;
  while (out.size() < kSampleTextBytesMax) {
    const size_t size = out.size();
    out.resize(size + 256 * 1024);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + size);
    stream.avail_out = 256 * 1024;
    status = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    // Several gzip members end to end make one file, as Firehose writes them.
    if (status == Z_STREAM_END && stream.avail_in > 0 && inflateReset(&stream) == Z_OK) continue;
    if (status != Z_OK || (stream.avail_in == 0 && stream.avail_out > 0)) break;
  }
  inflateEnd(&stream);
  if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) return std::nullopt;
  whole = whole && status == Z_STREAM_END;
  return out;
}

HiveType hive_of(const duckdb::LogicalType& type);

HiveType nested_of(const duckdb::LogicalType& type) {
  HiveType hive;
  if (type.id() == duckdb::LogicalTypeId::LIST) {
    hive.kind = HiveKind::kArray;
    hive.children = {hive_of(duckdb::ListType::GetChildType(type))};
  } else if (type.id() == duckdb::LogicalTypeId::MAP) {
    hive.kind = HiveKind::kMap;
    hive.children = {hive_of(duckdb::MapType::KeyType(type)),
                     hive_of(duckdb::MapType::ValueType(type))};
  } else {
    hive.kind = HiveKind::kStruct;
    for (const auto& [name, child] : duckdb::StructType::GetChildTypes(type)) {
      hive.names.push_back(name);
      hive.children.push_back(hive_of(child));
    }
  }
  return hive;
}

HiveType hive_of(const duckdb::LogicalType& type) {
  using duckdb::LogicalTypeId;
  switch (type.id()) {
    case LogicalTypeId::BOOLEAN:
      return {.kind = HiveKind::kBoolean};
    case LogicalTypeId::TINYINT:
      return {.kind = HiveKind::kTinyint};
    case LogicalTypeId::SMALLINT:
    case LogicalTypeId::UTINYINT:
      return {.kind = HiveKind::kSmallint};
    case LogicalTypeId::INTEGER:
    case LogicalTypeId::USMALLINT:
      return {.kind = HiveKind::kInt};
    case LogicalTypeId::BIGINT:
    case LogicalTypeId::UINTEGER:
    case LogicalTypeId::UBIGINT:
    case LogicalTypeId::TIME:
      return {.kind = HiveKind::kBigint};
    case LogicalTypeId::FLOAT:
      return {.kind = HiveKind::kFloat};
    case LogicalTypeId::DOUBLE:
      return {.kind = HiveKind::kDouble};
    case LogicalTypeId::DECIMAL:
      return {.kind = HiveKind::kDecimal,
              .precision = duckdb::DecimalType::GetWidth(type),
              .scale = duckdb::DecimalType::GetScale(type)};
    case LogicalTypeId::BLOB:
      return {.kind = HiveKind::kBinary};
    case LogicalTypeId::DATE:
      return {.kind = HiveKind::kDate};
    case LogicalTypeId::TIMESTAMP:
    case LogicalTypeId::TIMESTAMP_MS:
    case LogicalTypeId::TIMESTAMP_NS:
    case LogicalTypeId::TIMESTAMP_SEC:
    case LogicalTypeId::TIMESTAMP_TZ:
      return {.kind = HiveKind::kTimestamp};
    case LogicalTypeId::LIST:
    case LogicalTypeId::MAP:
    case LogicalTypeId::STRUCT:
      return nested_of(type);
    default:
      return {.kind = HiveKind::kString};
  }
}

std::string quoted(const std::string& uri) {
  std::string out = "'";
  for (const char c : uri) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

Result<std::optional<Inferred>> infer_parquet(Engine& engine, ObjectFiles& files,
                                              const ObjectStat& object) {
  using Answer = Result<std::optional<Inferred>>;
  Inferred out;
  out.classification = "parquet";
  out.format = Inferred::Format::kParquet;
  QueryState nobody;
  return guarded(nobody, [&]() -> Answer {
    Session session(engine.instance(), &files);
    const std::string uri = quoted(object.uri);
    const auto rows = session.connection.Query("SELECT * FROM read_parquet(" + uri +
                                               ", hive_partitioning=false) LIMIT 0");
    const auto count = session.connection.Query(
        "SELECT coalesce(sum(num_rows), 0)::BIGINT FROM "
        "parquet_file_metadata(" +
        uri + ")");
    // The bytes of the object could not be read, or they are no Parquet after all.
    if (rows->HasError() || count->HasError()) {
      if (auto error = session.state->error()) return *std::move(error);
      return std::optional<Inferred>();
    }
    for (size_t i = 0; i < rows->names.size(); ++i) {
      out.columns.push_back({rows->names[i], to_text(hive_of(rows->types[i]))});
    }
    out.columns = merge_columns({}, out.columns);
    for (HiveColumn& column : out.columns) column.name = duckdb::StringUtil::Lower(column.name);
    out.records = static_cast<uint64_t>(count->GetValue(0, 0).GetValue<int64_t>());
    out.record_bytes = out.records ? std::max<uint64_t>(1, object.size / out.records) : 0;
    return std::optional<Inferred>(out);
  });
}

Result<std::string> read_sample(ObjectFiles& files, const ObjectStat& object) {
  auto reader = files.open(object.uri);
  if (!reader) return std::move(reader).error();
  std::string bytes(std::min<uint64_t>(object.size, kSampleBytes), '\0');
  auto count = (*reader)->read(0, bytes.data(), bytes.size());
  if (!count) return std::move(count).error();
  bytes.resize(*count);
  return bytes;
}

}  // namespace

std::optional<Inferred> infer_text(std::string_view sample, bool whole,
                                   const std::vector<Classifier>& classifiers) {
  for (const Classifier& classifier : classifiers) {
    const auto* json = std::get_if<JsonClassifier>(&classifier);
    auto inferred = json ? infer_json(sample, whole, json)
                         : infer_csv(sample, whole, std::get_if<CsvClassifier>(&classifier));
    if (inferred) return inferred;
  }
  if (auto json = infer_json(sample, whole, nullptr)) return json;
  return infer_csv(sample, whole, nullptr);
}

Result<std::optional<Inferred>> infer(Engine& engine, ObjectFiles& files, const ObjectStat& object,
                                      const std::vector<Classifier>& classifiers) {
  auto sample = read_sample(files, object);
  if (!sample) return std::move(sample).error();
  if (sample->starts_with(kParquetMagic)) return infer_parquet(engine, files, object);
  bool whole = sample->size() == object.size;
  const bool gzip = sample->starts_with(kGzipMagic);
  if (gzip) {
    auto text = inflate_sample(*sample, whole);
    if (!text) return std::optional<Inferred>();
    *sample = *std::move(text);
  }
  auto inferred = infer_text(*sample, whole, classifiers);
  if (!inferred) return std::optional<Inferred>();
  inferred->gzip = gzip;
  // Larger than the sample: as many records as there would be of that size.
  if (!whole && !gzip) inferred->records = object.size / inferred->record_bytes;
  return inferred;
}

}  // namespace tidemill::columnar
