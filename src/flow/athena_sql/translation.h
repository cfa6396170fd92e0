// A resolved query: DuckDB's SQL with the scans of tables left open, so that whoever runs it can
// choose files by the partitions and columns that the query needs.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "flow/athena_sql/ast.h"
#include "flow/athena_sql/catalog.h"
#include "wire/result.h"

namespace tidemill::athena_sql {

struct OutputColumn {
  std::string name;
  Type type;
};

// One conjunct of a WHERE on a partition column: rows of other partitions cannot be in the result.
struct PartitionFilter {
  std::string column;
  std::string operation;            // = <> < <= > >= IN
  std::vector<std::string> values;  // as text: '2024-01-01' is 2024-01-01
};

// A table of the catalog standing in FROM once. `columns` names what the query reads; the SQL put
// in its place must yield exactly those columns, by their names in lower case, with their types.
struct Scan {
  CatalogTable table;
  std::set<std::string> columns;  // "$path" too
  std::vector<PartitionFilter> filters;
};

struct Translation {
  std::string sql;  // with scan_mark(i) where the i-th scan goes
  std::vector<OutputColumn> columns;
  std::vector<Scan> scans;
};

std::string scan_mark(size_t scan);
// `sql` with each mark replaced by `texts[i]`.
std::string fill_scans(std::string_view sql, const std::vector<std::string>& texts);

struct Session {
  std::string catalog = "awsdatacatalog";
  std::string database = "default";
  int64_t now_milliseconds = 0;
  std::string user;
};

// Resolves names and types against the catalog and prints. `parameters` are the values of ?.
// QueryRefused whose message is Trino's, code and position first.
Result<Translation> translate(const Query& query, const Catalog& catalog, const Session& session,
                              const std::vector<ExprPtr>& parameters);

}  // namespace tidemill::athena_sql
