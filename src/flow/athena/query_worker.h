// Runs query executions: QUEUED -> RUNNING -> SUCCEEDED, FAILED or CANCELLED, each state durable,
// the last one in the command that publishes the result object. An execution that was running when
// the process ended is FAILED at the next start; queued ones are run.
//
// Loop thread; queries run on pool threads, kQueriesMax at once.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "flow/athena/query_run.h"
#include "flow/athena_sql/statement.h"
#include "services/athena/executions.h"
#include "services/call/environment.h"

namespace tidemill::flow::athena {

inline constexpr size_t kQueriesMax = 2;

class QueryWorker : public ::tidemill::athena::Statements {
 public:
  // Becomes the environment's part `athena::Statements`. The engine and storage/objects are parts
  // already.
  explicit QueryWorker(Environment& environment);
  void start();

  Result<std::string> statement_type(std::string_view sql) const override;
  std::string result_suffix(std::string_view sql) const override;

 private:
  using Execution = ::tidemill::athena::QueryExecution;
  using Queued = ::tidemill::athena::Queued;
  struct Finished {  // what the last command writes
    Error error{ErrorKind::Internal, ""};
    bool failed = false;
    std::string bytes;  // of the result object
    ::tidemill::athena::ResultColumns columns;
    uint64_t bytes_scanned = 0;
    int64_t planning_ms = 0;
    int64_t engine_ms = 0;
  };

  Task<void> run();
  Task<void> recover();
  void begin_queued();
  Task<void> execute(Queued queued, std::shared_ptr<columnar::Cancellation> cancellation);
  Task<Result<Execution>> begin(Queued queued);
  Task<Finished> act(Queued queued, Execution execution,
                     std::shared_ptr<columnar::Cancellation> cancellation);
  Task<Finished> act_query(Queued queued, Execution execution, athena_sql::Statement statement,
                           std::shared_ptr<columnar::Cancellation> cancellation);
  Task<Finished> act_ddl(Queued queued, Execution execution, athena_sql::Statement statement);
  Status resolve_execute(const Queued& queued, const Execution& execution,
                         athena_sql::Statement& statement) const;
  Task<Status> publish(Queued queued, Finished finished);
  Task<Status> fail(Queued queued, Error error, Finished finished);

  Environment& environment_;
  std::map<std::string, std::shared_ptr<columnar::Cancellation>> running_;  // by id
};

}  // namespace tidemill::flow::athena
