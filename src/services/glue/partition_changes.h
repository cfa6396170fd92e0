// UpdatePartition and BatchUpdatePartition: one partition takes the place of another.
#pragma once

#include "services/glue/catalog.h"

namespace tidemill::glue {

// EntityNotFoundException when there is no partition of `values`; AlreadyExistsException when the
// new values are those of another one. Values left out stay.
Status change_partition(Command& command, const Table& table, const PartitionValues& values,
                        PartitionInput input);

}  // namespace tidemill::glue
