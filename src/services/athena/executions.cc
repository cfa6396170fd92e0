#include "services/athena/executions.h"

#include "services/athena/paging.h"

namespace tidemill::athena {

namespace {

using kv::Key;
using kv::Keyspace;

std::string key_of(Keyspace keyspace, const Scope& scope, const std::string& id) {
  return Key(keyspace).scope(scope).text(id).bytes();
}

std::string group_prefix(const Scope& scope, const std::string& work_group) {
  return Key(Keyspace::kAthenaExecutionsByGroup).scope(scope).text(work_group).bytes();
}

struct Id {
  std::string id;
  template <class V>
  void fields(V& v) {
    v("Id", id);
  }
};

}  // namespace

std::optional<QueryExecution> find_execution(const kv::View& view, const Scope& scope,
                                             const std::string& id) {
  const auto text = view.get(key_of(Keyspace::kAthenaExecutions, scope, id));
  if (!text) return std::nullopt;
  return read_stored<QueryExecution>(*text);
}

Result<QueryExecution> require_execution(const kv::View& view, const Scope& scope,
                                         const std::string& id) {
  auto found = find_execution(view, scope, id);
  if (!found) {
    return errors::InvalidRequestException("QueryExecution " + id + " was not found");
  }
  return *std::move(found);
}

void add_execution(kv::Transaction& tx, const Scope& scope, const QueryExecution& execution) {
  const std::string& id = *execution.QueryExecutionId;
  const auto submitted = static_cast<uint64_t>(execution.Status->SubmissionDateTime->milliseconds);
  Key group = Key(Keyspace::kAthenaExecutionsByGroup).scope(scope).text(*execution.WorkGroup);
  tx.put(group.u64(~submitted).text(id).bytes(), to_json(Id{id}));
  tx.put(key_of(Keyspace::kAthenaQueue, scope, id), "");
  put_execution(tx, scope, execution);
  tx.touch(kExecutionsTopic);
}

bool has_ended(const QueryExecution& execution) {
  const std::string& state = *execution.Status->State;
  return state != "QUEUED" && state != "RUNNING";
}

void put_execution(kv::Transaction& tx, const Scope& scope, const QueryExecution& execution) {
  const std::string& id = *execution.QueryExecutionId;
  tx.put(key_of(Keyspace::kAthenaExecutions, scope, id), to_json(execution));
  if (has_ended(execution)) tx.erase(key_of(Keyspace::kAthenaQueue, scope, id));
}

std::vector<Queued> queued_executions(const kv::View& view) {
  std::vector<Queued> out;
  const std::string prefix = Key(Keyspace::kAthenaQueue).bytes();
  for (auto cursor = view.scan_prefix(prefix); cursor->valid(); cursor->next()) {
    kv::KeyReader reader(cursor->key());
    Queued queued;
    queued.scope.account = reader.text();
    queued.scope.region = reader.text();
    queued.id = reader.text();
    out.push_back(std::move(queued));
  }
  return out;
}

Result<ExecutionIds> list_executions(const kv::View& view, const Scope& scope,
                                     const std::string& work_group,
                                     const std::optional<std::string>& token, size_t max) {
  auto page = page_of<Id>(view, group_prefix(scope, work_group), token, max);
  if (!page) return page.error();
  ExecutionIds out;
  for (Id& id : page->items) out.ids.push_back(std::move(id.id));
  out.next = std::move(page->next);
  return out;
}

void put_result_columns(kv::Transaction& tx, const Scope& scope, const std::string& id,
                        const ResultColumns& columns) {
  tx.put(key_of(Keyspace::kAthenaResultColumns, scope, id), to_json(columns));
}

std::optional<ResultColumns> find_result_columns(const kv::View& view, const Scope& scope,
                                                 const std::string& id) {
  const auto text = view.get(key_of(Keyspace::kAthenaResultColumns, scope, id));
  if (!text) return std::nullopt;
  return read_stored<ResultColumns>(*text);
}

std::optional<TokenUse> find_token(const kv::View& view, const Scope& scope,
                                   const std::string& token) {
  const auto text = view.get(key_of(Keyspace::kAthenaTokens, scope, token));
  if (!text) return std::nullopt;
  return read_stored<TokenUse>(*text);
}

void put_token(kv::Transaction& tx, const Scope& scope, const std::string& token,
               const TokenUse& use) {
  tx.put(key_of(Keyspace::kAthenaTokens, scope, token), to_json(use));
}

}  // namespace tidemill::athena
