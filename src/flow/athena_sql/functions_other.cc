// Functions of no family of their own.
#include "flow/athena_sql/functions.h"

namespace tidemill::athena_sql {

namespace {

constexpr FunctionRow kOther[] = {
    {"uuid", "", "uuid", "uuid()"},
    {"version", "", "varchar", "'athena-3'"},
    {"fail", "varchar", "unknown", "error({1})"},
};

}  // namespace

std::span<const FunctionRow> other_functions() { return kOther; }

}  // namespace tidemill::athena_sql
