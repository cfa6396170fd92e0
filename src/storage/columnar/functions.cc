#include "storage/columnar/functions.h"

#include "storage/columnar/function_tables.h"
#include "storage/columnar/instance.h"

namespace tidemill::columnar {

void register_functions(Engine::Instance& instance) {
  duckdb::ExtensionLoader loader(*instance.database.instance, "tidemill");
  register_arithmetic(loader);
  register_collection(loader);
  register_text(loader);
  register_rows(loader);
}

}  // namespace tidemill::columnar
