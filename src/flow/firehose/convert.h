// Record format conversion: JSON records of one partition -> one Parquet file by the schema of a
// Glue table. https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html
#pragma once

#include <string>
#include <vector>

#include "flow/firehose/epoch.h"
#include "flow/firehose/failure.h"
#include "services/call/environment.h"
#include "services/firehose/delivery_streams.h"
#include "storage/columnar/parquet.h"

namespace tidemill::flow::firehose {

struct Conversion {
  columnar::ParquetOptions options;
  SchemaSource schema;
};

// The schema as the catalog has it now (glue GetTable, asked as the delivery stream's account), and
// how records are read. Fails when the table is not there or has no columns.
Task<Result<Conversion>> find_conversion(
    Environment& environment, Scope scope,
    tidemill::firehose::DataFormatConversionConfiguration configuration);

// Blocks: for pool threads. Records that do not fit the schema are in `errors`.
Result<columnar::ParquetFile> converted(columnar::Engine& engine, const Conversion& conversion,
                                        const PartitionBuffer& partition);

}  // namespace tidemill::flow::firehose
