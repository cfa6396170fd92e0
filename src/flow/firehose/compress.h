// CompressionFormat of a delivery stream. Blocks: for pool threads.
#pragma once

#include <string>

#include "wire/result.h"

namespace tidemill::flow::firehose {

// UNCOMPRESSED, GZIP, ZIP (one member called `name`), Snappy (framing format) or HADOOP_SNAPPY.
Result<std::string> compressed(const std::string& format, std::string bytes,
                               const std::string& name);

// ".gz", ".zip", ".snappy", ".hsnappy" or nothing, as Firehose ends its objects.
std::string extension_of(const std::string& format);

}  // namespace tidemill::flow::firehose
