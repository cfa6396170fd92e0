// The functions of ours by theme, each in the file of its name. Internal to this folder.
#pragma once

#include "duckdb/main/extension/extension_loader.hpp"

namespace tidemill::columnar {

void register_arithmetic(duckdb::ExtensionLoader& loader);  // functions_arithmetic.cc
void register_collection(duckdb::ExtensionLoader& loader);  // functions_collection.cc
void register_text(duckdb::ExtensionLoader& loader);        // functions_text.cc
void register_rows(duckdb::ExtensionLoader& loader);        // parquet.cc: t_rows()

}  // namespace tidemill::columnar
