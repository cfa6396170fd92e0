// The two file systems that DuckDB sees: objects under s3://, and its own temporary files. There is
// no third. Internal to this folder.
#pragma once

#include <string>

#include "duckdb.hpp"

namespace tidemill::columnar {

// Objects of the query whose connection asks.
duckdb::unique_ptr<duckdb::FileSystem> make_object_file_system();
// The local file system, below `temporary_directory` and nowhere else (nowhere at all when empty).
duckdb::unique_ptr<duckdb::FileSystem> make_sealed_file_system(std::string temporary_directory);

}  // namespace tidemill::columnar
