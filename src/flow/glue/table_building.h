// What a crawler writes into the catalog for a table it found: AWS's formats, SerDes and
// parameters.
#pragma once

#include <string>

#include "flow/glue/grouping.h"
#include "shapes/glue/PartitionInput.h"
#include "shapes/glue/TableInput.h"

namespace tidemill::glue {

TableInput table_input(const FoundTable& table, const std::string& name,
                       const std::string& crawler);
PartitionInput partition_input(const FoundTable& table, const FoundPartition& partition,
                               const std::string& crawler, bool inherit_columns);

}  // namespace tidemill::glue
