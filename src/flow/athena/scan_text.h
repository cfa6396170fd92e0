// A table's files as DuckDB reads them: explicit lists of objects, the columns by the catalog's
// names and types, the partition columns by each object's partition.
//
// Parquet columns are found by name without regard to case and are NULL where a file lacks them.
// JSON is one object per line (openx and hcatalog SerDes). CSV follows LazySimple or OpenCSV; what
// is not a value of its column's type is NULL.
#pragma once

#include <string>
#include <vector>

#include "flow/athena/lake_files.h"
#include "flow/athena/partitions.h"

namespace tidemill::flow::athena {

enum class TableFormat { kParquet, kJson, kDelimited, kOpenCsv };

// NOT_SUPPORTED for a format that Tidemill does not read.
Result<TableFormat> format_of(const athena_sql::CatalogTable& table);

// The SELECT that takes the place of a scan: exactly `scan.columns`.
Result<std::string> scan_text(LakeFiles& files, const Scope& scope, const athena_sql::Scan& scan,
                              Timestamp now);

}  // namespace tidemill::flow::athena
