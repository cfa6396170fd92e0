#include "storage/columnar/functions.h"

#include "duckdb/main/extension/extension_loader.hpp"
#include "storage/columnar/instance.h"
#include "storage/columnar/table_functions.h"

namespace tidemill::columnar {

void register_functions(Engine::Instance& instance) {
  duckdb::ExtensionLoader loader(*instance.database.instance, "tidemill");
  register_table_functions(loader);
}

}  // namespace tidemill::columnar
