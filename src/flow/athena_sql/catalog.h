// What the resolver asks about databases and tables. Answered from Glue by flow/athena, from memory
// in tests.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/athena_sql/types.h"
#include "wire/result.h"

namespace tidemill::athena_sql {

struct CatalogColumn {
  std::string name;       // lower case
  std::string hive_type;  // as Glue keeps it
  std::string comment{};
};

struct CatalogTable {
  std::string database;
  std::string name;
  std::vector<CatalogColumn> columns;
  std::vector<CatalogColumn> partition_columns;
  std::optional<std::string> view_sql;  // a view, in Trino's SQL
  std::string location;
  std::string input_format;
  std::string serde;
  std::map<std::string, std::string> serde_parameters;
  std::map<std::string, std::string> parameters;  // TBLPROPERTIES
};

// Read on a pool thread during one statement; answers as of one instant. Names in lower case.
class Catalog {
 public:
  virtual ~Catalog() = default;
  virtual bool has_database(std::string_view database) const = 0;
  virtual std::vector<std::string> databases() const = 0;
  virtual std::vector<std::string> tables(std::string_view database) const = 0;
  virtual std::optional<CatalogTable> find_table(std::string_view database,
                                                 std::string_view table) const = 0;
};

}  // namespace tidemill::athena_sql
