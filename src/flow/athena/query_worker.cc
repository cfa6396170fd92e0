#include "flow/athena/query_worker.h"

#include "flow/athena/ddl.h"
#include "services/athena/named_queries.h"
#include "services/athena/work_groups.h"
#include "wire/json.h"

namespace tidemill::flow::athena {

namespace {

namespace service = ::tidemill::athena;
using athena_sql::Statement;
using athena_sql::StatementKind;

constexpr const char* kInterrupted =
    "Query was interrupted: Tidemill stopped while it ran. Run it again.";

std::string database_of(const service::QueryExecution& execution) {
  std::string out = "default";
  if (execution.QueryExecutionContext) {
    out = execution.QueryExecutionContext->Database.value_or(out);
  }
  return athena_sql::lower_case(out.empty() ? "default" : out);
}

void set_failed(service::QueryExecution& execution, const std::string& reason, bool internal,
                Timestamp now) {
  execution.Status->State = "FAILED";
  execution.Status->StateChangeReason = reason;
  execution.Status->CompletionDateTime = now;
  auto& error = execution.Status->AthenaError.emplace();
  error.ErrorCategory = internal ? 1 : 2;
  error.ErrorType = internal ? 100 : 1006;
  error.Retryable = internal;
  error.ErrorMessage = reason;
}

void set_times(service::QueryExecution& execution, Timestamp now, int64_t planning_ms,
               int64_t engine_ms, uint64_t bytes_scanned) {
  auto& statistics = *execution.Statistics;
  const int64_t total = now.milliseconds - execution.Status->SubmissionDateTime->milliseconds;
  statistics.DataScannedInBytes = static_cast<int64_t>(bytes_scanned);
  statistics.EngineExecutionTimeInMillis = planning_ms + engine_ms;
  statistics.QueryPlanningTimeInMillis = planning_ms;
  statistics.TotalExecutionTimeInMillis = total;
  statistics.ServiceProcessingTimeInMillis = std::max<int64_t>(
      0, total - statistics.QueryQueueTimeInMillis.value_or(0) - planning_ms - engine_ms);
}

std::string metadata_text(const service::ResultColumns& columns) { return to_json(columns); }

}  // namespace

QueryWorker::QueryWorker(Environment& environment) : environment_(environment) {
  environment.add_part<service::Statements>(*this);
}

void QueryWorker::start() { tidemill::start(run()); }

Result<std::string> QueryWorker::statement_type(std::string_view sql) const {
  auto statement = athena_sql::parse_statement(sql);
  if (!statement) {
    Error error = std::move(statement).error();
    // The API tells a syntax error without Trino's name of it.
    const std::string name = "SYNTAX_ERROR: ";
    if (error.message.starts_with(name)) error.message.erase(0, name.size());
    return errors::InvalidRequestException(std::move(error.message));
  }
  return std::string(athena_sql::statement_type(statement->kind));
}

std::string QueryWorker::result_suffix(std::string_view sql) const {
  auto statement = athena_sql::parse_statement(sql);
  const bool rows = statement && (statement->kind == StatementKind::kQuery ||
                                  statement->kind == StatementKind::kExecute);
  return rows ? ".csv" : ".txt";
}

Task<void> QueryWorker::run() {
  auto recovering = recover();
  co_await std::move(recovering);
  sys::Signal& signal = environment_.store.topic(service::kExecutionsTopic);
  while (true) {
    begin_queued();
    auto waiting = signal.wait();
    co_await std::move(waiting);
  }
}

Task<void> QueryWorker::recover() {
  auto act = [this](kv::Transaction& tx) -> Status {
    for (const Queued& queued : service::queued_executions(tx)) {
      auto execution = service::find_execution(tx, queued.scope, queued.id);
      if (!execution || *execution->Status->State != "RUNNING") continue;
      set_failed(*execution, kInterrupted, true, environment_.clock.now());
      service::put_execution(tx, queued.scope, *execution);
    }
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  Status committed = co_await std::move(committing);
  CHECK(committed || committed.error().kind != ErrorKind::CorruptData);
}

// Begins what waits and stops what was cancelled.
void QueryWorker::begin_queued() {
  const auto view = environment_.store.published();
  const std::vector<Queued> queue = service::queued_executions(*view);
  for (const auto& [id, cancellation] : running_) {
    bool queued = false;
    for (const Queued& one : queue) queued = queued || one.id == id;
    if (!queued) cancellation->cancel();
  }
  for (const Queued& queued : queue) {
    if (running_.size() >= kQueriesMax) return;
    if (running_.count(queued.id)) continue;
    auto cancellation = std::make_shared<columnar::Cancellation>();
    running_[queued.id] = cancellation;
    tidemill::start(execute(queued, cancellation));
  }
}

Task<void> QueryWorker::execute(Queued queued,
                                std::shared_ptr<columnar::Cancellation> cancellation) {
  auto beginning = begin(queued);
  Result<Execution> execution = co_await std::move(beginning);
  if (execution) {
    auto acting = act(queued, *std::move(execution), cancellation);
    Finished finished = co_await std::move(acting);
    auto publishing = publish(queued, std::move(finished));
    Status published = co_await std::move(publishing);
    if (!published) {
      auto failing = fail(queued, published.error(), Finished{});
      Status failed = co_await std::move(failing);
      CHECK(failed || failed.error().kind != ErrorKind::CorruptData);
    }
  }
  running_.erase(queued.id);
  begin_queued();
}

Task<Result<QueryWorker::Execution>> QueryWorker::begin(Queued queued) {
  auto act = [this, &queued](kv::Transaction& tx) -> Result<Execution> {
    auto execution = service::require_execution(tx, queued.scope, queued.id);
    if (!execution) return std::move(execution).error();
    if (*execution->Status->State != "QUEUED") {
      return errors::InvalidRequestException("The execution was stopped");
    }
    const Timestamp now = environment_.clock.now();
    execution->Status->State = "RUNNING";
    execution->Statistics->QueryQueueTimeInMillis =
        now.milliseconds - execution->Status->SubmissionDateTime->milliseconds;
    service::put_execution(tx, queued.scope, *execution);
    return execution;
  };
  auto committing = environment_.store.command(std::move(act));
  co_return co_await std::move(committing);
}

Task<QueryWorker::Finished> QueryWorker::act(Queued queued, Execution execution,
                                             std::shared_ptr<columnar::Cancellation> cancellation) {
  auto statement = athena_sql::parse_statement(*execution.Query);
  Finished refused;
  refused.failed = true;
  if (!statement) {
    refused.error = std::move(statement).error();
    co_return std::move(refused);
  }
  if (statement->kind == StatementKind::kExecute) {
    Status resolved = resolve_execute(queued, execution, *statement);
    if (!resolved) {
      refused.error = std::move(resolved).error();
      co_return std::move(refused);
    }
  }
  if (statement->kind == StatementKind::kQuery) {
    auto acting = act_query(queued, std::move(execution), *std::move(statement), cancellation);
    co_return co_await std::move(acting);
  }
  auto acting = act_ddl(queued, std::move(execution), *std::move(statement));
  co_return co_await std::move(acting);
}

// EXECUTE name USING ...: the prepared statement's query with these parameters.
Status QueryWorker::resolve_execute(const Queued& queued, const Execution& execution,
                                    Statement& statement) const {
  const auto view = environment_.store.published();
  auto prepared = service::require_prepared_statement(*view, queued.scope, *execution.WorkGroup,
                                                      statement.name[0].text);
  if (!prepared) return std::move(prepared).error();
  auto query = athena_sql::parse_statement(prepared->QueryStatement.value_or(""));
  if (!query) return std::move(query).error();
  if (query->kind != StatementKind::kQuery) {
    return errors::InvalidRequestException(
        "NOT_SUPPORTED: Prepared statements that are no queries are not supported");
  }
  query->parameters = std::move(statement.parameters);
  statement = *std::move(query);
  return ok();
}

Task<QueryWorker::Finished> QueryWorker::act_query(
    Queued queued, Execution execution, Statement statement,
    std::shared_ptr<columnar::Cancellation> cancellation) {
  Finished out;
  auto request = std::make_shared<QueryRequest>();
  request->scope = queued.scope;
  request->session.database = database_of(execution);
  request->session.now_milliseconds = environment_.clock.now().milliseconds;
  request->session.user = queued.scope.account;
  request->query = std::move(statement.query);
  request->parameters = std::move(statement.parameters);
  request->view = environment_.store.published();
  request->cancellation = cancellation;
  if (execution.ExecutionParameters) {
    for (const std::string& text : *execution.ExecutionParameters) {
      auto parameter = athena_sql::parse_expression(text);
      if (!parameter) {
        out.failed = true;
        out.error = std::move(parameter).error();
        co_return std::move(out);
      }
      request->parameters.push_back(*std::move(parameter));
    }
  }
  auto work = [this, request] {
    return run_query(environment_.part<columnar::Engine>(), environment_.part<objects::Objects>(),
                     environment_.clock, *request);
  };
  auto running = environment_.loop.blocking(std::move(work));
  Result<QueryAnswer> answer = co_await std::move(running);
  if (!answer) {
    out.failed = true;
    out.error = std::move(answer).error();
    co_return std::move(out);
  }
  out.bytes_scanned = answer->bytes_scanned;
  const auto group = service::find_work_group(*request->view, queued.scope, *execution.WorkGroup);
  const auto cutoff = group && group->Configuration
                          ? group->Configuration->BytesScannedCutoffPerQuery
                          : std::nullopt;
  if (cutoff && out.bytes_scanned > static_cast<uint64_t>(*cutoff)) {
    out.failed = true;
    out.error = errors::QueryExhausted("Query cancelled! : Bytes scanned limit was exceeded");
    co_return std::move(out);
  }
  out.bytes = std::move(answer->csv);
  out.columns = std::move(answer->columns);
  out.planning_ms = answer->planning_ms;
  out.engine_ms = answer->engine_ms;
  co_return std::move(out);
}

Task<QueryWorker::Finished> QueryWorker::act_ddl(Queued queued, Execution execution,
                                                 Statement statement) {
  Finished out;
  auto act = [&](kv::Transaction& tx) -> Result<DdlAnswer> {
    return run_ddl(tx, queued.scope, statement, database_of(execution), environment_.clock.now());
  };
  auto committing = environment_.store.command(std::move(act));
  Result<DdlAnswer> answer = co_await std::move(committing);
  if (!answer) {
    out.failed = true;
    out.error = std::move(answer).error();
    co_return std::move(out);
  }
  for (const std::string& column : answer->columns) {
    out.columns.columns.push_back(column_info(column, athena_sql::varchar()));
  }
  out.columns.text = true;
  out.columns.rows = static_cast<int64_t>(answer->lines.size());
  for (const std::string& line : answer->lines) out.bytes += line + "\n";
  co_return std::move(out);
}

Task<Status> QueryWorker::publish(Queued queued, Finished finished) {
  if (finished.failed) {
    Error error = finished.error;
    auto failing = fail(queued, std::move(error), std::move(finished));
    co_return co_await std::move(failing);
  }
  auto staging = s3::stage_object(environment_, std::move(finished.bytes));
  Result<s3::Staged> result = co_await std::move(staging);
  if (!result) co_return std::move(result).error();
  auto staging_metadata = s3::stage_object(environment_, metadata_text(finished.columns));
  Result<s3::Staged> metadata = co_await std::move(staging_metadata);
  if (!metadata) co_return std::move(metadata).error();
  auto act = [&](kv::Transaction& tx) -> Status {
    auto execution = service::require_execution(tx, queued.scope, queued.id);
    if (!execution) return std::move(execution).error();
    if (service::has_ended(*execution)) return ok();  // stopped meanwhile: its result is dropped
    const Timestamp now = environment_.clock.now();
    const std::string& location = *execution->ResultConfiguration->OutputLocation;
    const auto where = parse_location(location);
    if (!where) return errors::InvalidRequestException("Invalid output location " + location);
    s3::ObjectAttributes attributes;
    auto published =
        s3::publish_object(tx, where->bucket, where->key, *std::move(result), attributes, now);
    if (!published) return std::move(published).error();
    auto described = s3::publish_object(tx, where->bucket, where->key + ".metadata",
                                        *std::move(metadata), attributes, now);
    if (!described) return std::move(described).error();
    execution->Status->State = "SUCCEEDED";
    execution->Status->CompletionDateTime = now;
    set_times(*execution, now, finished.planning_ms, finished.engine_ms, finished.bytes_scanned);
    service::put_result_columns(tx, queued.scope, queued.id, finished.columns);
    service::put_execution(tx, queued.scope, *execution);
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  co_return co_await std::move(committing);
}

Task<Status> QueryWorker::fail(Queued queued, Error error, Finished finished) {
  auto act = [&](kv::Transaction& tx) -> Status {
    auto execution = service::require_execution(tx, queued.scope, queued.id);
    if (!execution) return std::move(execution).error();
    if (service::has_ended(*execution)) return ok();
    const Timestamp now = environment_.clock.now();
    const bool internal = error.traits().fault == Fault::kReceiver;
    set_failed(*execution, internal ? "GENERIC_INTERNAL_ERROR: " + error.message : error.message,
               internal, now);
    set_times(*execution, now, finished.planning_ms, finished.engine_ms, finished.bytes_scanned);
    service::put_execution(tx, queued.scope, *execution);
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  co_return co_await std::move(committing);
}

}  // namespace tidemill::flow::athena
