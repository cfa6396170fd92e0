#include "storage/columnar/engine.h"

#include <cstring>

#include "duckdb/common/virtual_file_system.hpp"
#include "duckdb/parser/sql_statement.hpp"
#include "storage/columnar/file_systems.h"
#include "storage/columnar/functions.h"
#include "storage/columnar/instance.h"
#include "storage/columnar/print.h"

namespace tidemill::columnar {
namespace {

constexpr const char* kVersion = "v1.4.4";
constexpr const char* kSourceId = "6ddac802ff";  // of the headers: another one's layout differs

void configure(duckdb::DBConfig& config, const Options& options) {
  config.options.maximum_memory = options.memory_bytes;
  config.options.maximum_threads = static_cast<duckdb::idx_t>(options.threads);
  config.options.use_temporary_directory = !options.temporary_directory.empty();
  config.options.temporary_directory = options.temporary_directory;
  config.options.maximum_swap_space = options.temporary_bytes_max;
  config.options.autoload_known_extensions = false;
  config.options.autoinstall_known_extensions = false;
  config.options.allow_unsigned_extensions = false;
  config.options.allow_community_extensions = false;
  config.file_system = duckdb::make_uniq<duckdb::VirtualFileSystem>(
      make_sealed_file_system(options.temporary_directory));
  config.file_system->RegisterSubSystem(make_object_file_system());
}

// After this nobody can change a setting any more, SQL included.
Status lock(Engine::Instance& instance) {
  duckdb::Connection connection(instance.database);
  for (const char* setting :
       {"SET GLOBAL TimeZone='UTC'", "SET GLOBAL allow_persistent_secrets=false",
        "SET GLOBAL enable_external_file_cache=false",
        "SET GLOBAL default_null_order='NULLS_LAST'",  // of Trino, ascending or descending
        "SET GLOBAL allowed_directories=['s3://']", "SET GLOBAL enable_external_access=false",
        "SET GLOBAL lock_configuration=true"}) {
    const auto result = connection.Query(setting);
    if (result->HasError()) {
      return errors::InputOutput("The SQL engine cannot be locked").because(result->GetError());
    }
  }
  return ok();
}

// What Athena's ColumnInfo says of a type without its own.
int precision_of(const duckdb::LogicalType& type) {
  using duckdb::LogicalTypeId;
  switch (type.id()) {
    case LogicalTypeId::TINYINT:
    case LogicalTypeId::TIMESTAMP:
    case LogicalTypeId::TIMESTAMP_TZ:
    case LogicalTypeId::TIME:
      return 3;
    case LogicalTypeId::SMALLINT:
      return 5;
    case LogicalTypeId::INTEGER:
      return 10;
    case LogicalTypeId::BIGINT:
      return 19;
    case LogicalTypeId::FLOAT:
    case LogicalTypeId::DOUBLE:
      return 17;
    case LogicalTypeId::DECIMAL:
      return duckdb::DecimalType::GetWidth(type);
    case LogicalTypeId::VARCHAR:
      return 2147483647;
    case LogicalTypeId::BLOB:
      return 1073741824;
    default:
      return 0;
  }
}

Column describe(const std::string& name, const duckdb::LogicalType& type) {
  const bool decimal = type.id() == duckdb::LogicalTypeId::DECIMAL;
  return {name, type.ToString(), precision_of(type),
          decimal ? duckdb::DecimalType::GetScale(type) : 0};
}

// One statement, and of a kind that changes nothing but staged objects.
using Statement = duckdb::unique_ptr<duckdb::SQLStatement>;
Result<Statement> parse(Session& session, const std::string& sql) {
  auto statements = session.connection.ExtractStatements(sql);
  if (statements.size() != 1)
    return errors::QueryRefused("Only one statement can be run at a time");
  switch (statements[0]->type) {
    case duckdb::StatementType::SELECT_STATEMENT:
    case duckdb::StatementType::COPY_STATEMENT:
    case duckdb::StatementType::EXPLAIN_STATEMENT:
      return Statement(std::move(statements[0]));
    default:
      return errors::QueryRefused("This kind of statement cannot be run");
  }
}

Status give_rows(duckdb::DataChunk& chunk, const Engine::Sink& sink) {
  std::vector<ColumnPrinter> printers;
  printers.reserve(chunk.ColumnCount());
  for (auto& vector : chunk.data) printers.emplace_back(vector, chunk.size());
  Row row(chunk.ColumnCount());
  for (duckdb::idx_t i = 0; i < chunk.size(); ++i) {
    for (size_t c = 0; c < row.size(); ++c) {
      if (printers[c].is_null(i)) {
        row[c].reset();
      } else {
        row[c] = printers[c].print(i);
      }
    }
    RETURN_IF_ERROR(sink.row(row));
  }
  return ok();
}

Result<QueryResult> run_statement(Session& session, const std::string& sql,
                                  const Engine::Sink& sink) {
  auto statement = parse(session, sql);
  if (!statement) return std::move(statement).error();
  const auto pending = session.connection.PendingQuery(std::move(*statement), true);
  if (pending->HasError()) return query_error(pending->GetErrorObject(), *session.state);
  const auto rows = pending->Execute();
  if (rows->HasError()) return query_error(rows->GetErrorObject(), *session.state);
  QueryResult result;
  for (size_t i = 0; i < rows->names.size(); ++i) {
    result.columns.push_back(describe(rows->names[i], rows->types[i]));
  }
  RETURN_IF_ERROR(sink.columns(result.columns));
  while (true) {
    duckdb::unique_ptr<duckdb::DataChunk> chunk;
    duckdb::ErrorData error;
    if (!rows->TryFetch(chunk, error)) return query_error(error, *session.state);
    if (!chunk || chunk->size() == 0) break;
    RETURN_IF_ERROR(give_rows(*chunk, sink));
    result.rows += chunk->size();
  }
  RETURN_IF_ERROR(session.state->finish_writers());
  result.bytes_scanned = session.state->bytes_scanned;
  return result;
}

// The message without DuckDB's hints and excerpts of SQL that the user never wrote.
std::string plain_message(const duckdb::ErrorData& error) {
  std::string message = error.RawMessage();
  const size_t excerpt = message.find("\n\nLINE ");
  return excerpt == std::string::npos ? message : message.substr(0, excerpt);
}

}  // namespace

Error query_error(const duckdb::ErrorData& error, QueryState& state) {
  if (auto earlier = state.error()) return *std::move(earlier);
  switch (error.Type()) {
    case duckdb::ExceptionType::INTERRUPT:
      return errors::QueryCancelled("Query was cancelled");
    case duckdb::ExceptionType::OUT_OF_MEMORY:
      return errors::QueryExhausted("Query exhausted resources at this scale factor")
          .because(error.RawMessage());
    case duckdb::ExceptionType::INTERNAL:
    case duckdb::ExceptionType::FATAL:
      return errors::Internal("The SQL engine failed").because(error.RawMessage());
    default:
      return errors::QueryRefused(plain_message(error)).because(error.Message());
  }
}

Session::Session(Engine::Instance& instance, ObjectFiles* files)
    : state(duckdb::make_shared_ptr<QueryState>()), connection(instance.database) {
  state->files = files;
  connection.context->registered_state->Insert(QueryState::kName, state);
}

void Cancellation::cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  if (interrupt_) interrupt_();
}

bool Cancellation::is_cancelled() const {
  const std::lock_guard lock(mutex_);
  return cancelled_;
}

void Cancellation::attach(std::function<void()> interrupt) {
  const std::lock_guard lock(mutex_);
  interrupt_ = std::move(interrupt);
  if (cancelled_ && interrupt_) interrupt_();
}

Engine::Engine(std::unique_ptr<Instance> instance) : instance_(std::move(instance)) {}
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::open(const Options& options) {
  if (std::strcmp(duckdb::DuckDB::LibraryVersion(), kVersion) != 0 ||
      std::strncmp(duckdb::DuckDB::SourceID(), kSourceId, std::strlen(kSourceId)) != 0) {
    return errors::InputOutput(std::string("libduckdb.so must be version ") + kVersion +
                               ", it is " + duckdb::DuckDB::LibraryVersion());
  }
  QueryState nobody;
  return guarded(nobody, [&]() -> Result<std::unique_ptr<Engine>> {
    duckdb::DBConfig config;
    configure(config, options);
    auto instance = std::make_unique<Instance>(&config);
    register_functions(*instance);
    RETURN_IF_ERROR(lock(*instance));
    return std::unique_ptr<Engine>(new Engine(std::move(instance)));
  });
}

Result<QueryResult> Engine::run(const std::string& sql, const QueryOptions& options,
                                const Sink& sink) {
  QueryState nobody;
  return guarded(nobody, [&]() -> Result<QueryResult> {
    Session session(*instance_, options.files);
    Cancellation* cancellation = options.cancellation;
    if (cancellation && cancellation->is_cancelled()) {
      return errors::QueryCancelled("Query was cancelled");
    }
    if (cancellation) cancellation->attach([&session] { session.connection.Interrupt(); });
    auto result = guarded(*session.state, [&] { return run_statement(session, sql, sink); });
    if (cancellation) cancellation->attach(nullptr);
    return result;
  });
}

Result<Engine::Table> Engine::run(const std::string& sql, const QueryOptions& options) {
  Table table;
  Sink sink;
  sink.columns = [](const std::vector<Column>&) -> Status { return ok(); };
  sink.row = [&table](const Row& row) -> Status {
    table.rows.push_back(row);
    return ok();
  };
  auto result = run(sql, options, sink);
  if (!result) return std::move(result).error();
  table.result = *std::move(result);
  return table;
}

}  // namespace tidemill::columnar
