// The one data catalog there is, AwsDataCatalog, which is Glue's, in Athena's shapes.
#pragma once

#include <string>

#include "services/call/operation.h"
#include "services/glue/catalog.h"
#include "shapes/athena/Database.h"
#include "shapes/athena/TableMetadata.h"

namespace tidemill::athena {

inline constexpr const char* kGlueCatalog = "AwsDataCatalog";

// InvalidRequestException for another catalog.
Status require_catalog(const std::string& name);
Database database_of(const glue::Database& database);
TableMetadata metadata_of(const glue::Table& table);

}  // namespace tidemill::athena
