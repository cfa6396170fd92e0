#include "services/athena/named_queries.h"

#include "services/athena/paging.h"

namespace tidemill::athena {

namespace {

using kv::Key;
using kv::Keyspace;

// "g" before a work group, "i" before an id, so that the two kinds of key do not meet.
std::string query_key(const Scope& scope, const std::string& group, const std::string& id) {
  return Key(Keyspace::kAthenaNamedQueries).scope(scope).text("g").text(group).text(id).bytes();
}
std::string id_key(const Scope& scope, const std::string& id) {
  return Key(Keyspace::kAthenaNamedQueries).scope(scope).text("i").text(id).bytes();
}
std::string statement_key(const Scope& scope, const std::string& group, const std::string& name) {
  return Key(Keyspace::kAthenaPreparedStatements).scope(scope).text(group).text(name).bytes();
}

}  // namespace

std::optional<NamedQuery> find_named_query(const kv::View& view, const Scope& scope,
                                           const std::string& id) {
  const auto group = view.get(id_key(scope, id));
  if (!group) return std::nullopt;
  const auto text = view.get(query_key(scope, *group, id));
  CHECK(text);  // both keys are written together
  return read_stored<NamedQuery>(*text);
}

Result<NamedQuery> require_named_query(const kv::View& view, const Scope& scope,
                                       const std::string& id) {
  auto found = find_named_query(view, scope, id);
  if (!found) return errors::InvalidRequestException("Named query " + id + " was not found");
  return *std::move(found);
}

void put_named_query(kv::Transaction& tx, const Scope& scope, const NamedQuery& named) {
  tx.put(id_key(scope, *named.NamedQueryId), *named.WorkGroup);
  tx.put(query_key(scope, *named.WorkGroup, *named.NamedQueryId), to_json(named));
}

void erase_named_query(kv::Transaction& tx, const Scope& scope, const NamedQuery& named) {
  tx.erase(id_key(scope, *named.NamedQueryId));
  tx.erase(query_key(scope, *named.WorkGroup, *named.NamedQueryId));
}

std::string named_queries_prefix(const Scope& scope, const std::string& work_group) {
  return Key(Keyspace::kAthenaNamedQueries).scope(scope).text("g").text(work_group).bytes();
}

bool has_named_queries(const kv::View& view, const Scope& scope, const std::string& work_group) {
  return view.scan_prefix(named_queries_prefix(scope, work_group))->valid();
}

void erase_named_queries(kv::Transaction& tx, const Scope& scope, const std::string& work_group) {
  const std::string queries = named_queries_prefix(scope, work_group);
  for (auto cursor = tx.scan_prefix(queries); cursor->valid(); cursor->next()) {
    tx.erase(id_key(scope, *read_stored<NamedQuery>(cursor->value()).NamedQueryId));
  }
  tx.erase_range(queries, kv::prefix_end(queries));
  const std::string statements = prepared_statements_prefix(scope, work_group);
  tx.erase_range(statements, kv::prefix_end(statements));
}

std::optional<PreparedStatement> find_prepared_statement(const kv::View& view, const Scope& scope,
                                                         const std::string& work_group,
                                                         const std::string& name) {
  const auto text = view.get(statement_key(scope, work_group, name));
  if (!text) return std::nullopt;
  return read_stored<PreparedStatement>(*text);
}

Result<PreparedStatement> require_prepared_statement(const kv::View& view, const Scope& scope,
                                                     const std::string& work_group,
                                                     const std::string& name) {
  auto found = find_prepared_statement(view, scope, work_group, name);
  if (!found) {
    return errors::ResourceNotFoundException("Prepared Statement " + name +
                                             " was not found in WorkGroup " + work_group);
  }
  return *std::move(found);
}

void put_prepared_statement(kv::Transaction& tx, const Scope& scope,
                            const PreparedStatement& statement) {
  tx.put(statement_key(scope, *statement.WorkGroupName, *statement.StatementName),
         to_json(statement));
}

void erase_prepared_statement(kv::Transaction& tx, const Scope& scope,
                              const PreparedStatement& statement) {
  tx.erase(statement_key(scope, *statement.WorkGroupName, *statement.StatementName));
}

std::string prepared_statements_prefix(const Scope& scope, const std::string& work_group) {
  return Key(Keyspace::kAthenaPreparedStatements).scope(scope).text(work_group).bytes();
}

}  // namespace tidemill::athena
