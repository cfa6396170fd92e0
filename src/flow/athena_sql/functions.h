// Trino's functions, one row each: name, arguments, result and how DuckDB says it.
//
// Arguments and result are Trino types. A single capital letter stands for any type, the same one
// wherever it appears; "varchar" takes any length, "decimal" any precision, "timestamp" any
// precision. "..." after the last argument lets it repeat. The result "=1" is the type of the first
// argument, "=sum" that of a sum of decimals.
//
// In the text {1} is the first argument, {*} all of them with commas, {T} what DuckDB calls the
// type bound to T, {R} the result's. Aggregates have {d} for DISTINCT, {o} for ORDER BY inside the
// parentheses, {n} for IGNORE NULLS and {f} for FILTER and OVER after them. {3:1}, {3:2} and {3:b}
// are the names and the body of a lambda, {z} the zone of the arguments, {2:mysql} a pattern. t_...
// functions are ours, see storage/columnar/functions*.cc.
// https://trino.io/docs/current/functions.html
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tidemill::athena_sql {

enum class FunctionKind : uint8_t { kScalar, kAggregate, kWindow };

struct FunctionRow {
  const char* name;
  const char* arguments;
  const char* result;
  const char* sql;
};

struct Candidates {
  FunctionKind kind = FunctionKind::kScalar;
  std::vector<const FunctionRow*> rows;  // empty: there is no such function
};

Candidates functions_named(std::string_view name);
bool is_aggregate_name(std::string_view name);
// Every name, for documentation and tests.
std::vector<std::string_view> function_names();

// The tables, each in the file of its name.
std::span<const FunctionRow> text_functions();
std::span<const FunctionRow> number_functions();
std::span<const FunctionRow> time_functions();
std::span<const FunctionRow> collection_functions();
std::span<const FunctionRow> other_functions();
std::span<const FunctionRow> aggregate_functions();
std::span<const FunctionRow> window_functions();

}  // namespace tidemill::athena_sql
