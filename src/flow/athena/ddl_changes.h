// What DDL changes in the Data Catalog.
#pragma once

#include <string>
#include <vector>

#include "flow/athena_sql/statement.h"
#include "flow/athena_sql/translation.h"
#include "services/glue/catalog.h"

namespace tidemill::flow::athena {

// The table a statement names, in `database` when it names none.
Result<glue::Table> named_table(const kv::View& view, const Scope& scope,
                                const std::vector<athena_sql::Name>& name,
                                const std::string& database);

// Lines of text to answer, usually none.
Result<std::vector<std::string>> change(kv::Transaction& tx, const Scope& scope,
                                        const athena_sql::Statement& statement,
                                        const std::string& database, Timestamp now);

}  // namespace tidemill::flow::athena
