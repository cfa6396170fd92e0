// Named queries and prepared statements: SQL kept under a name in a work group.
// https://docs.aws.amazon.com/athena/latest/ug/saved-queries.html
#pragma once

#include <optional>
#include <string>

#include "services/call/operation.h"
#include "shapes/athena/NamedQuery.h"
#include "shapes/athena/PreparedStatement.h"

namespace tidemill::athena {

// Found by its id, whatever its work group: the key is (scope, work group, id), and (scope, id)
// tells the work group.
std::optional<NamedQuery> find_named_query(const kv::View& view, const Scope& scope,
                                           const std::string& id);
Result<NamedQuery> require_named_query(const kv::View& view, const Scope& scope,
                                       const std::string& id);
void put_named_query(kv::Transaction& tx, const Scope& scope, const NamedQuery& named);
void erase_named_query(kv::Transaction& tx, const Scope& scope, const NamedQuery& named);
std::string named_queries_prefix(const Scope& scope, const std::string& work_group);
bool has_named_queries(const kv::View& view, const Scope& scope, const std::string& work_group);
// With the prepared statements.
void erase_named_queries(kv::Transaction& tx, const Scope& scope, const std::string& work_group);

std::optional<PreparedStatement> find_prepared_statement(const kv::View& view, const Scope& scope,
                                                         const std::string& work_group,
                                                         const std::string& name);
// ResourceNotFoundException when there is none.
Result<PreparedStatement> require_prepared_statement(const kv::View& view, const Scope& scope,
                                                     const std::string& work_group,
                                                     const std::string& name);
void put_prepared_statement(kv::Transaction& tx, const Scope& scope,
                            const PreparedStatement& statement);
void erase_prepared_statement(kv::Transaction& tx, const Scope& scope,
                              const PreparedStatement& statement);
std::string prepared_statements_prefix(const Scope& scope, const std::string& work_group);

}  // namespace tidemill::athena
