// One query on the engine: from SQL to the bytes of its result file. Blocking: for a pool thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "flow/athena/lake_files.h"
#include "flow/athena_sql/statement.h"
#include "flow/athena_sql/translation.h"
#include "services/athena/executions.h"
#include "storage/columnar/engine.h"

namespace tidemill::flow::athena {

inline constexpr size_t kResultBytesMax = 512ULL << 20;

struct QueryRequest {
  Scope scope;
  athena_sql::Session session;
  athena_sql::QueryPtr query;
  std::vector<athena_sql::ExprPtr> parameters;
  std::shared_ptr<const kv::View> view;
  std::shared_ptr<columnar::Cancellation> cancellation;
};

struct QueryAnswer {
  ::tidemill::athena::ResultColumns columns;
  std::string csv;
  uint64_t bytes_scanned = 0;
  int64_t planning_ms = 0;
  int64_t engine_ms = 0;
};

Result<QueryAnswer> run_query(columnar::Engine& engine, objects::Objects& objects,
                              const sys::Clock& clock, const QueryRequest& request);

// What GetQueryResults says of a column.
::tidemill::athena::ColumnInfo column_info(const std::string& name, const athena_sql::Type& type);

}  // namespace tidemill::flow::athena
