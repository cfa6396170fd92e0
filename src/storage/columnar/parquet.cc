#include "storage/columnar/parquet.h"

#include <cctype>

#include "duckdb/function/table_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "storage/columnar/function_tables.h"
#include "storage/columnar/instance.h"
#include "storage/columnar/row_reader.h"

namespace tidemill::columnar {
namespace {

constexpr const char* kUri = "s3://parquet/rows";

const char* name_of(Compression compression) {
  switch (compression) {
    case Compression::kSnappy:
      return "snappy";
    case Compression::kGzip:
      return "gzip";
    case Compression::kZstd:
      return "zstd";
    case Compression::kUncompressed:
      return "uncompressed";
  }
  return "snappy";
}

// Fills chunks with rows and keeps them in columns.
class RowBuffer {
 public:
  RowBuffer(duckdb::ClientContext& context, RowShape& shape, const JsonReading& reading)
      : rows_(context, shape.types), reader_(shape, reading) {
    rows_.InitializeAppend(append_);
    chunk_.Initialize(duckdb::Allocator::DefaultAllocator(), shape.types);
  }

  std::optional<Misfit> add(std::string_view record) {
    buffer_.assign(record);
    buffer_.append(RowReader::kPadding, ' ');
    std::string_view rest(buffer_.data(), record.size());
    const duckdb::idx_t first = count_;
    if (skip_spaces(rest).empty()) return Misfit{"", "the record is empty"};
    while (!skip_spaces(rest).empty()) {
      const size_t end = rest.front() == '{' ? object_end(rest) : std::string_view::npos;
      auto misfit = end == std::string_view::npos
                        ? Misfit{"", "the record is not a JSON object"}
                        : reader_.read(rest.substr(0, end), chunk_, count_);
      if (misfit) {
        count_ = first;
        return misfit;
      }
      rest.remove_prefix(end);
      // A record with more rows than a chunk holds cannot be taken back once the chunk went.
      if (++count_ == STANDARD_VECTOR_SIZE && !make_room(first)) {
        count_ = first;
        return Misfit{"", "the record has more than 2048 objects"};
      }
    }
    return std::nullopt;
  }
  duckdb::ColumnDataCollection& finish() {
    flush(count_);
    return rows_;
  }

 private:
  static std::string_view& skip_spaces(std::string_view& text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    return text;
  }
  // Keeps the first `first` rows, which are whole records, and moves the others to the front.
  bool make_room(duckdb::idx_t first) {
    const duckdb::idx_t open = count_ - first;
    if (open == STANDARD_VECTOR_SIZE) return false;
    duckdb::DataChunk rest;
    rest.Initialize(duckdb::Allocator::DefaultAllocator(), chunk_.GetTypes());
    chunk_.SetCardinality(count_);
    chunk_.Copy(rest, first);
    flush(first);
    for (size_t i = 0; i < chunk_.ColumnCount(); ++i) {
      duckdb::VectorOperations::Copy(rest.data[i], chunk_.data[i], open, 0, 0);
    }
    count_ = open;
    return true;
  }
  void flush(duckdb::idx_t count) {
    chunk_.SetCardinality(count);
    if (count > 0) rows_.Append(append_, chunk_);
    chunk_.Reset();
    count_ = 0;
  }

  duckdb::ColumnDataCollection rows_;
  duckdb::ColumnDataAppendState append_;
  duckdb::DataChunk chunk_;
  duckdb::idx_t count_ = 0;
  RowReader reader_;
  std::string buffer_;  // the record at hand, padded for the JSON reader
};

Result<ParquetFile> write(Session& session, MemoryFiles& files, RowShape& shape,
                          const std::vector<std::string_view>& records,
                          const ParquetOptions& options) {
  ParquetFile file;
  RowBuffer buffer(*session.connection.context, shape, options.reading);
  for (size_t i = 0; i < records.size(); ++i) {
    auto misfit = buffer.add(records[i]);
    if (!misfit) continue;
    const std::string where = misfit->column.empty() ? "" : ", column " + misfit->column;
    file.errors.push_back(
        {i, misfit->column, "record " + std::to_string(i) + where + ": " + misfit->message});
  }
  duckdb::ColumnDataCollection& rows = buffer.finish();
  file.rows = rows.Count();
  if (file.rows == 0) return file;
  session.state->rows = &rows;
  session.state->row_names = shape.names;
  const auto copied = session.connection.Query(std::string("COPY (FROM t_rows()) TO '") + kUri +
                                               "' (FORMAT parquet, COMPRESSION " +
                                               name_of(options.compression) + ")");
  if (copied->HasError()) return query_error(copied->GetErrorObject(), *session.state);
  RETURN_IF_ERROR(session.state->finish_writers());
  file.bytes = files.take(kUri);
  return file;
}

// ---- t_rows(): the rows that the connection carries

struct Scan : duckdb::GlobalTableFunctionState {
  duckdb::ColumnDataScanState position;
};

duckdb::unique_ptr<duckdb::FunctionData> bind_rows(duckdb::ClientContext& context,
                                                   duckdb::TableFunctionBindInput&,
                                                   duckdb::vector<duckdb::LogicalType>& types,
                                                   duckdb::vector<std::string>& names) {
  const auto state = QueryState::of(context);
  if (!state || !state->rows) throw duckdb::BinderException("there are no rows");
  types = state->rows->Types();
  names = state->row_names;
  return duckdb::make_uniq<duckdb::TableFunctionData>();
}

duckdb::unique_ptr<duckdb::GlobalTableFunctionState> begin_rows(duckdb::ClientContext& context,
                                                                duckdb::TableFunctionInitInput&) {
  auto scan = duckdb::make_uniq<Scan>();
  QueryState::of(context)->rows->InitializeScan(scan->position);
  return scan;
}

void next_rows(duckdb::ClientContext& context, duckdb::TableFunctionInput& input,
               duckdb::DataChunk& out) {
  QueryState::of(context)->rows->Scan(input.global_state->Cast<Scan>().position, out);
}

}  // namespace

void register_rows(duckdb::ExtensionLoader& loader) {
  loader.RegisterFunction(duckdb::TableFunction("t_rows", {}, next_rows, bind_rows, begin_rows));
}

Result<ParquetFile> to_parquet(Engine& engine, const std::vector<std::string_view>& records,
                               const ParquetOptions& options) {
  auto shape = make_shape(options.columns, options.reading);
  if (!shape) return std::move(shape).error();
  QueryState nobody;
  return guarded(nobody, [&]() -> Result<ParquetFile> {
    MemoryFiles files;
    Session session(engine.instance(), &files);
    return guarded(*session.state, [&] { return write(session, files, *shape, records, options); });
  });
}

}  // namespace tidemill::columnar
