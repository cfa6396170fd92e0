// Query executions: what was asked, how far it is, where its result lies. StartQueryExecution
// commits one as QUEUED; flow/athena runs it and commits each next state with its effect.
// https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html
//
// Keys: (scope, id) -> execution; (scope, work group, newest first, id) -> id; (scope, id) of those
// not ended -> nothing; (scope, token) -> id; (scope, id) -> columns of the result.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/call/operation.h"
#include "shapes/athena/ColumnInfo.h"
#include "shapes/athena/QueryExecution.h"

namespace tidemill::athena {

// Reads SQL for the operations; flow/athena is it. A part of the environment.
class Statements {
 public:
  virtual ~Statements() = default;
  // DDL, DML or UTILITY; InvalidRequestException when `sql` is no statement.
  virtual Result<std::string> statement_type(std::string_view sql) const = 0;
  // Where the result of a statement goes: ".csv", or ".txt" for what answers text.
  virtual std::string result_suffix(std::string_view sql) const = 0;
};

std::optional<QueryExecution> find_execution(const kv::View& view, const Scope& scope,
                                             const std::string& id);
// InvalidRequestException: "QueryExecution ... was not found".
Result<QueryExecution> require_execution(const kv::View& view, const Scope& scope,
                                         const std::string& id);
// Stores a new one, in every index.
void add_execution(kv::Transaction& tx, const Scope& scope, const QueryExecution& execution);
// Stores its next state; one that has ended leaves the queue.
void put_execution(kv::Transaction& tx, const Scope& scope, const QueryExecution& execution);
bool has_ended(const QueryExecution& execution);

struct Queued {
  Scope scope;
  std::string id;
};
// Those not ended, oldest scope first.
std::vector<Queued> queued_executions(const kv::View& view);
// Notified when one is added or stopped.
inline constexpr const char* kExecutionsTopic = "athena:executions";

// Ids of a work group, newest first.
struct ExecutionIds {
  std::vector<std::string> ids;
  std::optional<std::string> next;
};
Result<ExecutionIds> list_executions(const kv::View& view, const Scope& scope,
                                     const std::string& work_group,
                                     const std::optional<std::string>& token, size_t max);

struct ResultColumns {
  std::vector<ColumnInfo> columns;
  bool text = false;  // lines of text, without a header row
  int64_t rows = 0;
  template <class V>
  void fields(V& v) {
    v("Columns", columns);
    v("Text", text);
    v("Rows", rows);
  }
};
void put_result_columns(kv::Transaction& tx, const Scope& scope, const std::string& id,
                        const ResultColumns& columns);
std::optional<ResultColumns> find_result_columns(const kv::View& view, const Scope& scope,
                                                 const std::string& id);

// The id a client request token was used for, with what was asked then.
struct TokenUse {
  std::string id;
  std::string query;
  template <class V>
  void fields(V& v) {
    v("Id", id);
    v("Query", query);
  }
};
std::optional<TokenUse> find_token(const kv::View& view, const Scope& scope,
                                   const std::string& token);
void put_token(kv::Transaction& tx, const Scope& scope, const std::string& token,
               const TokenUse& use);

}  // namespace tidemill::athena
