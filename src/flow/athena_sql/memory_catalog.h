// A catalog in memory, for tests: table `orders` with a partition column, and a view of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/athena_sql/catalog.h"

namespace tidemill::athena_sql {

class MemoryCatalog : public Catalog {
 public:
  bool has_database(std::string_view database) const override { return database == "default"; }
  std::vector<std::string> databases() const override { return {"default"}; }
  std::vector<std::string> tables(std::string_view database) const override {
    if (!has_database(database)) return {};
    return {"orders", "totals"};
  }
  std::optional<CatalogTable> find_table(std::string_view database,
                                         std::string_view table) const override {
    CatalogTable out;
    out.database = std::string(database);
    out.name = std::string(table);
    if (!has_database(database)) return std::nullopt;
    if (table == "totals") {
      out.view_sql = "SELECT customer, sum(price) AS total FROM orders GROUP BY customer";
      return out;
    }
    if (table != "orders") return std::nullopt;
    out.columns = {{"id", "bigint"},
                   {"customer", "string"},
                   {"amount", "decimal(10,2)"},
                   {"price", "double"},
                   {"ts", "timestamp"},
                   {"lines", "array<struct<sku:string,qty:int>>"},
                   {"tags", "map<string,string>"}};
    out.partition_columns = {{"day", "string"}};
    return out;
  }
};

// What stands in for a scan of `orders`.
inline constexpr const char* kOrdersRows =
    "SELECT * FROM (VALUES (1::BIGINT, 'ann', 1.50::DECIMAL(10,2), 2.5::DOUBLE, "
    "TIMESTAMP '2024-01-02 03:04:05.678', [{'sku': 'a', 'qty': 1::INTEGER}, {'sku': 'b', 'qty': "
    "2}], MAP {'k': 'v'}, 'd1'), (2, 'bob', 2.25, NULL, NULL, NULL, NULL, 'd2'), (3, 'ann', NULL, "
    "7.0, TIMESTAMP '2024-02-02 00:00:00', [], MAP {}, 'd2')) AS v(id, customer, amount, price, "
    "ts, lines, tags, day)";

}  // namespace tidemill::athena_sql
