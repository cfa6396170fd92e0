// The Data Catalog as SQL sees it: one instant of the store, in the caller's account and region.
#pragma once

#include <memory>

#include "flow/athena_sql/catalog.h"
#include "services/glue/catalog.h"

namespace tidemill::flow::athena {

class GlueCatalog : public athena_sql::Catalog {
 public:
  GlueCatalog(const kv::View& view, Scope scope) : view_(view), scope_(std::move(scope)) {}

  bool has_database(std::string_view database) const override;
  std::vector<std::string> databases() const override;
  std::vector<std::string> tables(std::string_view database) const override;
  std::optional<athena_sql::CatalogTable> find_table(std::string_view database,
                                                     std::string_view table) const override;

 private:
  const kv::View& view_;
  Scope scope_;
};

athena_sql::CatalogTable catalog_table(const glue::Table& table);

// A view as Athena keeps it in Glue: "/* Presto View: <base64 of JSON> */".
std::string presto_view_text(const std::string& sql, const std::string& catalog,
                             const std::string& database,
                             const std::vector<std::pair<std::string, std::string>>& columns);
std::optional<std::string> presto_view_sql(std::string_view text);

}  // namespace tidemill::flow::athena
