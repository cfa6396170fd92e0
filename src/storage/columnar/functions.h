// Scalar functions whose meaning in Trino differs from DuckDB's, registered under names of ours.
// NULL in any argument gives NULL unless said. Errors are told as Athena does, with Trino's error
// name first: "DIVISION_BY_ZERO: Division by zero".
#pragma once

#include "storage/columnar/engine.h"

namespace tidemill::columnar {

void register_functions(Engine::Instance& instance);

}  // namespace tidemill::columnar
