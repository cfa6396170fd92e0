// Statements that are no queries: what they answer, as lines of text, and what they change in the
// Data Catalog, in the same command as the state of their execution.
// https://docs.aws.amazon.com/athena/latest/ug/ddl-reference.html
#pragma once

#include <string>
#include <vector>

#include "flow/athena_sql/statement.h"
#include "services/call/operation.h"

namespace tidemill::flow::athena {

struct DdlAnswer {
  std::vector<std::string> columns;  // names of the result's columns, all varchar
  std::vector<std::string> lines;
};

// Runs `statement` in `database`. InvalidRequestException: "FAILED: ..." as Athena says.
Result<DdlAnswer> run_ddl(kv::Transaction& tx, const Scope& scope,
                          const athena_sql::Statement& statement, const std::string& database,
                          Timestamp now);

}  // namespace tidemill::flow::athena
