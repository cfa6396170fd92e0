// A table as DescribeTable and the other table operations show it.
#pragma once

#include "services/dynamodb/table_definition.h"
#include "shapes/dynamodb/TableDescription.h"

namespace tidemill::dynamodb {

// `status` is ACTIVE in DescribeTable, CREATING, UPDATING or DELETING in the answer to a change.
TableDescription describe_table(const kv::View& view, const Scope& scope,
                                const TableDefinition& table, const std::string& status);

}  // namespace tidemill::dynamodb
