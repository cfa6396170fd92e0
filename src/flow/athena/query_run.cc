#include "flow/athena/query_run.h"

#include "flow/athena/glue_catalog.h"
#include "flow/athena/scan_text.h"
#include "services/athena/results.h"

namespace tidemill::flow::athena {

namespace {

namespace service = ::tidemill::athena;
using athena_sql::Type;
using athena_sql::TypeKind;

int32_t precision_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::kTinyint:
      return 3;
    case TypeKind::kSmallint:
      return 5;
    case TypeKind::kInteger:
      return 10;
    case TypeKind::kBigint:
      return 19;
    case TypeKind::kReal:
    case TypeKind::kDouble:
      return 17;
    case TypeKind::kVarchar:
      return type.precision == athena_sql::kVarcharUnbounded ? 2147483647 : type.precision;
    case TypeKind::kVarbinary:
      return 1073741824;
    case TypeKind::kDecimal:
    case TypeKind::kChar:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampWithZone:
      return type.precision;
    default:
      return 0;
  }
}

int64_t elapsed_ms(const sys::Clock& clock, int64_t since_ns) {
  return (clock.monotonic_ns() - since_ns) / 1000000;
}

}  // namespace

service::ColumnInfo column_info(const std::string& name, const Type& type) {
  service::ColumnInfo out;
  out.CatalogName = "hive";
  out.SchemaName = "";
  out.TableName = "";
  out.Name = name;
  out.Label = name;
  out.Type = type.is(TypeKind::kReal) ? "float" : athena_sql::column_type_name(type);
  out.Precision = precision_of(type);
  out.Scale = type.is(TypeKind::kDecimal) ? type.scale : 0;
  out.Nullable = "UNKNOWN";
  out.CaseSensitive = type.is_text();
  return out;
}

Result<QueryAnswer> run_query(columnar::Engine& engine, objects::Objects& objects,
                              const sys::Clock& clock, const QueryRequest& request) {
  const int64_t begin = clock.monotonic_ns();
  QueryAnswer out;
  LakeFiles files(objects, request.view);
  const GlueCatalog catalog(*request.view, request.scope);
  auto translated =
      athena_sql::translate(*request.query, catalog, request.session, request.parameters);
  if (!translated) return std::move(translated).error();
  std::vector<std::string> scans;
  for (const athena_sql::Scan& scan : translated->scans) {
    auto text = scan_text(files, request.scope, scan, Timestamp{request.session.now_milliseconds});
    if (!text) return std::move(text).error();
    scans.push_back(*std::move(text));
  }
  const std::string sql = athena_sql::fill_scans(translated->sql, scans);
  out.planning_ms = elapsed_ms(clock, begin);
  for (const athena_sql::OutputColumn& column : translated->columns) {
    out.columns.columns.push_back(column_info(column.name, column.type));
    service::append_csv_field(out.csv, column.name, out.columns.columns.size() == 1);
  }
  out.csv += '\n';
  columnar::Engine::Sink sink;
  sink.columns = [](const std::vector<columnar::Column>&) -> Status { return ok(); };
  sink.row = [&out](const columnar::Row& row) -> Status {
    for (size_t i = 0; i < row.size(); ++i) service::append_csv_field(out.csv, row[i], i == 0);
    out.csv += '\n';
    if (out.csv.size() <= kResultBytesMax) return ok();
    return errors::QueryExhausted("The result is larger than " + std::to_string(kResultBytesMax) +
                                  " bytes");
  };
  const columnar::QueryOptions options{&files, request.cancellation.get()};
  const int64_t started = clock.monotonic_ns();
  auto result = engine.run(sql, options, sink);
  if (!result) return std::move(result).error().because("SQL: " + sql);
  out.engine_ms = elapsed_ms(clock, started);
  out.columns.rows = static_cast<int64_t>(result->rows);
  out.bytes_scanned = result->bytes_scanned;
  return out;
}

}  // namespace tidemill::flow::athena
