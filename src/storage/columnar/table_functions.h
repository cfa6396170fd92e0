// Table functions of ours. Internal to this folder.
#pragma once

#include "duckdb/main/extension/extension_loader.hpp"

namespace tidemill::columnar {

void register_table_functions(duckdb::ExtensionLoader& loader);

}  // namespace tidemill::columnar
