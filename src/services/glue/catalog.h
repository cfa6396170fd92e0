// The Data Catalog: databases, tables, partitions, as other parts of the program use them. AWS's
// shapes; names of databases and tables are in lower case once stored, as AWS folds them.
// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog.html
//
// Reading takes any view; writing is part of a command. Cost of a lookup: one get. A table's
// partitions lie side by side, ordered by their values.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "services/call/operation.h"
#include "shapes/glue/Database.h"
#include "shapes/glue/Partition.h"
#include "shapes/glue/PartitionInput.h"
#include "shapes/glue/Table.h"
#include "shapes/glue/TableInput.h"

namespace tidemill::glue {

std::string folded(std::string_view name);  // in lower case

std::optional<Database> find_database(const kv::View& view, const Scope& scope,
                                      std::string_view name);
std::vector<Database> databases_of(const kv::View& view, const Scope& scope);
void put_database(kv::Transaction& tx, const Scope& scope, const Database& database);
// With its tables and their partitions.
void erase_database(kv::Transaction& tx, const Scope& scope, std::string_view name);

std::optional<Table> find_table(const kv::View& view, const Scope& scope, std::string_view database,
                                std::string_view table);
std::vector<Table> tables_of(const kv::View& view, const Scope& scope, std::string_view database);
void put_table(kv::Transaction& tx, const Scope& scope, const Table& table);
// With its partitions and versions.
void erase_table(kv::Transaction& tx, const Scope& scope, std::string_view database,
                 std::string_view table);

using PartitionValues = std::vector<std::string>;
std::optional<Partition> find_partition(const kv::View& view, const Scope& scope,
                                        std::string_view database, std::string_view table,
                                        const PartitionValues& values);
std::vector<Partition> partitions_of(const kv::View& view, const Scope& scope,
                                     std::string_view database, std::string_view table);
// Partitions one by one, from the key after `after` (empty: from the first), until `visit` answers
// false. The key is opaque: it is what a next page begins after.
void visit_partitions(const kv::View& view, const Scope& scope, std::string_view database,
                      std::string_view table, std::string_view after,
                      const std::function<bool(std::string_view key, Partition)>& visit);
void put_partition(kv::Transaction& tx, const Scope& scope, const Partition& partition);
void erase_partition(kv::Transaction& tx, const Scope& scope, std::string_view database,
                     std::string_view table, const PartitionValues& values);

// Makes what is stored from what a caller gave. InvalidInputException when a table's column is
// named twice, or a partition has not one value for each key of its table.
Result<Table> make_table(const Scope& scope, std::string_view database, const TableInput& input,
                         Timestamp now);
Result<Partition> make_partition(const Scope& scope, const Table& table,
                                 const PartitionInput& input, Timestamp now);
// `table` takes the place of `before`: keeps its creation, counts the version up and, when
// `archive`, keeps the version before.
void replace_table(kv::Transaction& tx, const Scope& scope, const Table& before, Table table,
                   bool archive);
std::vector<Table> versions_of(const kv::View& view, const Scope& scope, std::string_view database,
                               std::string_view table);  // newest first

// The same, with AWS's errors.
Result<Database> require_database(const kv::View& view, const Scope& scope, std::string_view name);
Result<Table> require_table(const kv::View& view, const Scope& scope, std::string_view database,
                            std::string_view table);
Result<Partition> require_partition(const kv::View& view, const Scope& scope,
                                    std::string_view database, std::string_view table,
                                    const PartitionValues& values);
// AccessDeniedException when a request names the catalog of another account.
Status require_own_catalog(const Scope& scope, const std::optional<std::string>& catalog);

}  // namespace tidemill::glue
