#include "flow/athena_sql/functions.h"

#include <algorithm>

namespace tidemill::athena_sql {

namespace {

void collect(std::span<const FunctionRow> table, std::string_view name, FunctionKind kind,
             Candidates& out) {
  for (const FunctionRow& row : table) {
    if (name != row.name) continue;
    out.kind = kind;
    out.rows.push_back(&row);
  }
}

}  // namespace

Candidates functions_named(std::string_view name) {
  Candidates out;
  for (const auto table : {text_functions(), number_functions(), time_functions(),
                           collection_functions(), other_functions()}) {
    collect(table, name, FunctionKind::kScalar, out);
  }
  collect(aggregate_functions(), name, FunctionKind::kAggregate, out);
  collect(window_functions(), name, FunctionKind::kWindow, out);
  return out;
}

bool is_aggregate_name(std::string_view name) {
  const auto table = aggregate_functions();
  return std::any_of(table.begin(), table.end(),
                     [&](const FunctionRow& row) { return name == row.name; });
}

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> out;
  for (const auto table :
       {text_functions(), number_functions(), time_functions(), collection_functions(),
        other_functions(), aggregate_functions(), window_functions()}) {
    for (const FunctionRow& row : table) out.emplace_back(row.name);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace tidemill::athena_sql
