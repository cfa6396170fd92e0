// https://trino.io/docs/current/functions/array.html, .../map.html, .../lambda.html
#include "flow/athena_sql/functions.h"

namespace tidemill::athena_sql {

namespace {

constexpr FunctionRow kCollection[] = {
    {"cardinality", "array(T)", "bigint", "len({1})"},
    {"cardinality", "map(K, V)", "bigint", "CAST(cardinality({1}) AS BIGINT)"},
    {"element_at", "array(T), bigint", "T", "t_element_at({1}, {2})"},
    {"element_at", "map(K, V), K", "V", "t_element_at({1}, {2})"},
    {"all_match", "array(T), function(T, boolean)", "boolean",
     "(CASE WHEN {1} IS NULL THEN NULL WHEN list_contains(list_transform({1}, {2}), FALSE) THEN "
     "FALSE WHEN len(list_filter(list_transform({1}, {2}), lambda e: e IS NULL)) > 0 THEN NULL "
     "ELSE TRUE END)"},
    {"any_match", "array(T), function(T, boolean)", "boolean",
     "(CASE WHEN {1} IS NULL THEN NULL WHEN list_contains(list_transform({1}, {2}), TRUE) THEN "
     "TRUE WHEN len(list_filter(list_transform({1}, {2}), lambda e: e IS NULL)) > 0 THEN NULL ELSE "
     "FALSE END)"},
    {"none_match", "array(T), function(T, boolean)", "boolean",
     "(NOT (CASE WHEN {1} IS NULL THEN NULL WHEN list_contains(list_transform({1}, {2}), TRUE) "
     "THEN TRUE WHEN len(list_filter(list_transform({1}, {2}), lambda e: e IS NULL)) > 0 THEN NULL "
     "ELSE FALSE END))"},
    {"array_distinct", "array(T)", "array(T)",
     "list_filter({1}, lambda e, i: list_position({1}, e) = i)"},
    {"array_except", "array(T), array(T)", "array(T)",
     "list_filter({1}, lambda e, i: list_position({1}, e) = i AND NOT COALESCE(list_contains({2}, "
     "e), FALSE))"},
    {"array_intersect", "array(T), array(T)", "array(T)",
     "list_filter({1}, lambda e, i: list_position({1}, e) = i AND COALESCE(list_contains({2}, e), "
     "FALSE))"},
    {"array_union", "array(T), array(T)", "array(T)",
     "list_filter(({1} || {2}), lambda e, i: list_position(({1} || {2}), e) = i)"},
    {"array_join", "array(T), varchar", "varchar",
     "array_to_string(list_transform(list_filter({1}, lambda e: e IS NOT NULL), lambda e: CAST(e "
     "AS "
     "VARCHAR)), {2})"},
    {"array_join", "array(T), varchar, varchar", "varchar",
     "array_to_string(list_transform({1}, lambda e: COALESCE(CAST(e AS VARCHAR), {3})), {2})"},
    {"array_max", "array(T)", "T",
     "(CASE WHEN len(list_filter({1}, lambda e: e IS NULL)) > 0 THEN NULL ELSE list_max({1}) END)"},
    {"array_min", "array(T)", "T",
     "(CASE WHEN len(list_filter({1}, lambda e: e IS NULL)) > 0 THEN NULL ELSE list_min({1}) END)"},
    {"array_position", "array(T), T", "bigint",
     "(CASE WHEN {1} IS NULL OR {2} IS NULL THEN NULL ELSE COALESCE(CAST(list_position({1}, {2}) "
     "AS "
     "BIGINT), 0) END)"},
    {"array_remove", "array(T), T", "array(T)",
     "list_filter({1}, lambda e: e IS NULL OR e <> {2})"},
    {"array_sort", "array(T)", "array(T)", "list_sort({1}, 'ASC', 'NULLS LAST')"},
    {"array_sum", "array(bigint)", "bigint", "CAST(COALESCE(list_sum({1}), 0) AS BIGINT)"},
    {"array_sum", "array(double)", "double", "COALESCE(list_sum({1}), 0)"},
    {"array_average", "array(double)", "double", "list_avg({1})"},
    {"arrays_overlap", "array(T), array(T)", "boolean", "list_has_any({1}, {2})"},
    {"contains", "array(T), T", "boolean",
     "(CASE WHEN list_contains({1}, {2}) THEN TRUE WHEN len(list_filter({1}, lambda e: e IS NULL)) "
     "> 0 "
     "THEN NULL ELSE list_contains({1}, {2}) END)"},
    {"filter", "array(T), function(T, boolean)", "array(T)", "list_filter({1}, {2})"},
    {"flatten", "array(array(T))", "array(T)", "flatten({1})"},
    {"reduce", "array(T), S, function(S, T, S), function(S, R)", "R",
     "list_extract(list_transform([list_reduce({1}, {3}, {2})], {4}), 1)"},
    {"repeat", "T, bigint", "array(T)", "list_transform(range({2}), lambda e: {1})"},
    {"reverse", "array(T)", "array(T)", "list_reverse({1})"},
    {"sequence", "bigint, bigint", "array(bigint)",
     "(CASE WHEN {1} <= {2} THEN generate_series({1}, {2}) ELSE generate_series({1}, {2}, -1) "
     "END)"},
    {"sequence", "bigint, bigint, bigint", "array(bigint)", "generate_series({1}, {2}, {3})"},
    {"sequence", "date, date", "array(date)",
     "list_transform(generate_series(CAST({1} AS TIMESTAMP), CAST({2} AS TIMESTAMP), INTERVAL 1 "
     "DAY), "
     "lambda e: CAST(e AS DATE))"},
    {"sequence", "date, date, interval day to second", "array(date)",
     "list_transform(generate_series(CAST({1} AS TIMESTAMP), CAST({2} AS TIMESTAMP), {3}), lambda "
     "e: "
     "CAST(e AS DATE))"},
    {"sequence", "date, date, interval year to month", "array(date)",
     "list_transform(generate_series(CAST({1} AS TIMESTAMP), CAST({2} AS TIMESTAMP), {3}), lambda "
     "e: "
     "CAST(e AS DATE))"},
    {"sequence", "timestamp, timestamp, interval day to second", "array(timestamp)",
     "generate_series({1}, {2}, {3})"},
    {"sequence", "timestamp, timestamp, interval year to month", "array(timestamp)",
     "generate_series({1}, {2}, {3})"},
    {"shuffle", "array(T)", "array(T)", "{1}"},
    {"slice", "array(T), bigint, bigint", "array(T)",
     "(CASE WHEN {2} > 0 THEN list_slice({1}, {2}, {2} + {3} - 1) ELSE list_slice({1}, len({1}) + "
     "{2} + 1, len({1}) + {2} + {3}) END)"},
    {"transform", "array(T), function(T, U)", "array(U)", "list_transform({1}, {2})"},
    {"trim_array", "array(T), bigint", "array(T)", "list_slice({1}, 1, len({1}) - {2})"},
    {"zip", "array(A), array(B)", "array(row(field0 A, field1 B))",
     "list_transform(list_zip({1}, {2}), lambda e: struct_pack(field0 := e[1], field1 := e[2]))"},
    {"zip", "array(A), array(B), array(C)", "array(row(field0 A, field1 B, field2 C))",
     "list_transform(list_zip({1}, {2}, {3}), lambda e: struct_pack(field0 := e[1], field1 := "
     "e[2], "
     "field2 := e[3]))"},
    {"zip_with", "array(T), array(U), function(T, U, R)", "array(R)",
     "list_transform(range(1, 1 + greatest(len({1}), len({2}))), lambda i: "
     "list_extract(list_transform([list_extract({1}, i)], lambda {3:1}: "
     "list_extract(list_transform([list_extract({2}, i)], lambda {3:2}: {3:b}), 1)), 1))"},

    {"map", "", "map(unknown, unknown)", "MAP {}"},
    {"map", "array(K), array(V)", "map(K, V)", "map({1}, {2})"},
    {"map_concat", "map(K, V), map(K, V)...", "map(K, V)", "map_concat({*})"},
    {"map_entries", "map(K, V)", "array(row(field0 K, field1 V))",
     "list_transform(map_entries({1}), lambda e: struct_pack(field0 := e.key, field1 := e.value))"},
    {"map_from_entries", "array(row(field0 K, field1 V))", "map(K, V)", "map_from_entries({1})"},
    {"map_filter", "map(K, V), function(K, V, boolean)", "map(K, V)",
     "map_from_entries(list_filter(map_entries({1}), lambda e: "
     "list_extract(list_transform([e.key], lambda {2:1}: list_extract(list_transform([e.value], "
     "lambda {2:2}: {2:b}), 1)), 1)))"},
    {"transform_values", "map(K, V), function(K, V, W)", "map(K, W)",
     "map_from_entries(list_transform(map_entries({1}), lambda e: struct_pack(k := e.key, v := "
     "list_extract(list_transform([e.key], lambda {2:1}: list_extract(list_transform([e.value], "
     "lambda {2:2}: {2:b}), 1)), 1))))"},
    {"transform_keys", "map(K, V), function(K, V, W)", "map(W, V)",
     "map_from_entries(list_transform(map_entries({1}), lambda e: struct_pack(k := "
     "list_extract(list_transform([e.key], lambda {2:1}: list_extract(list_transform([e.value], "
     "lambda {2:2}: {2:b}), 1)), 1), v := e.value)))"},
    {"map_keys", "map(K, V)", "array(K)", "map_keys({1})"},
    {"map_values", "map(K, V)", "array(V)", "map_values({1})"},
};

}  // namespace

std::span<const FunctionRow> collection_functions() { return kCollection; }

}  // namespace tidemill::athena_sql
