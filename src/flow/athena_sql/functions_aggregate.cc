// https://trino.io/docs/current/functions/aggregate.html, .../window.html
#include "flow/athena_sql/functions.h"

namespace tidemill::athena_sql {

namespace {

constexpr FunctionRow kAggregate[] = {
    {"any_value", "T", "T", "any_value({1}){f}"},
    {"approx_distinct", "T", "bigint", "approx_count_distinct({1}){f}"},
    {"approx_distinct", "T, double", "bigint", "approx_count_distinct({1}){f}"},
    {"approx_percentile", "bigint, double", "bigint",
     "CAST(round(approx_quantile({1}, CAST({2} AS FLOAT)){f}) AS BIGINT)"},
    {"approx_percentile", "real, double", "real",
     "CAST(approx_quantile({1}, CAST({2} AS FLOAT)){f} AS FLOAT)"},
    {"approx_percentile", "double, double", "double",
     "approx_quantile({1}, CAST({2} AS FLOAT)){f}"},
    {"approx_percentile", "bigint, array(double)", "array(bigint)",
     "CAST(approx_quantile({1}, CAST({2} AS FLOAT[])){f} AS BIGINT[])"},
    {"approx_percentile", "double, array(double)", "array(double)",
     "approx_quantile({1}, CAST({2} AS FLOAT[])){f}"},
    {"arbitrary", "T", "T", "any_value({1}){f}"},
    {"array_agg", "T", "array(T)", "array_agg({d}{1}{o}){f}"},
    {"avg", "bigint", "double", "avg({d}{1}){f}"},
    {"avg", "decimal", "=1",
     "CAST(t_div(sum({d}{1}){f}, CAST(count({d}{1}){f} AS DECIMAL(19,0))) AS {R})"},
    {"avg", "real", "real", "CAST(avg({d}{1}){f} AS FLOAT)"},
    {"avg", "double", "double", "avg({d}{1}){f}"},
    {"bitwise_and_agg", "bigint", "bigint", "bit_and({1}){f}"},
    {"bitwise_or_agg", "bigint", "bigint", "bit_or({1}){f}"},
    {"bool_and", "boolean", "boolean", "bool_and({1}){f}"},
    {"bool_or", "boolean", "boolean", "bool_or({1}){f}"},
    {"corr", "double, double", "double", "corr({1}, {2}){f}"},
    {"count", "T", "bigint", "count({d}{1}){f}"},
    {"count_if", "boolean", "bigint", "CAST(count(CASE WHEN {1} THEN 1 END){f} AS BIGINT)"},
    {"covar_pop", "double, double", "double", "covar_pop({1}, {2}){f}"},
    {"covar_samp", "double, double", "double", "covar_samp({1}, {2}){f}"},
    {"every", "boolean", "boolean", "bool_and({1}){f}"},
    {"geometric_mean", "double", "double", "exp(avg(ln({1})){f})"},
    {"histogram", "T", "map(T, bigint)", "CAST(histogram({1}){f} AS {R})"},
    {"kurtosis", "double", "double", "kurtosis({1}){f}"},
    {"listagg", "varchar", "varchar", "string_agg({d}{1}, ''{o}){f}"},
    {"listagg", "varchar, varchar", "varchar", "string_agg({d}{1}, {2}{o}){f}"},
    {"map_agg", "K, V", "map(K, V)",
     "map_from_entries(list_filter(array_agg({'k': {1}, 'v': {2}}){f}, lambda e, i: e.k IS NOT "
     "NULL AND list_position(list_transform(array_agg({'k': {1}, 'v': {2}}){f}, lambda p: p.k), "
     "e.k) = i))"},
    {"max", "T", "T", "max({d}{1}){f}"},
    {"max", "T, bigint", "array(T)", "max({1}, {2}){f}"},
    {"max_by", "T, U", "T", "arg_max_null({1}, {2}){f}"},
    {"max_by", "T, U, bigint", "array(T)", "arg_max({1}, {2}, {3}){f}"},
    {"min", "T", "T", "min({d}{1}){f}"},
    {"min", "T, bigint", "array(T)", "min({1}, {2}){f}"},
    {"min_by", "T, U", "T", "arg_min_null({1}, {2}){f}"},
    {"min_by", "T, U, bigint", "array(T)", "arg_min({1}, {2}, {3}){f}"},
    {"multimap_agg", "K, V", "map(K, array(V))",
     "map_from_entries(list_transform(list_distinct(list_transform(array_agg({'k': {1}, 'v': "
     "{2}}){f}, lambda p: p.k)), lambda k: struct_pack(k := k, v := "
     "list_transform(list_filter(array_agg({'k': {1}, 'v': {2}}){f}, lambda p: p.k = k), lambda p: "
     "p.v))))"},
    {"regr_intercept", "double, double", "double", "regr_intercept({1}, {2}){f}"},
    {"regr_slope", "double, double", "double", "regr_slope({1}, {2}){f}"},
    {"set_agg", "T", "array(T)", "array_agg(DISTINCT {1}){f}"},
    {"skewness", "double", "double", "skewness({1}){f}"},
    {"stddev", "double", "double", "stddev_samp({d}{1}){f}"},
    {"stddev_pop", "double", "double", "stddev_pop({d}{1}){f}"},
    {"stddev_samp", "double", "double", "stddev_samp({d}{1}){f}"},
    {"sum", "bigint", "bigint", "CAST(sum({d}{1}){f} AS BIGINT)"},
    {"sum", "decimal", "=sum", "CAST(sum({d}{1}){f} AS {R})"},
    {"sum", "real", "real", "CAST(sum({d}{1}){f} AS FLOAT)"},
    {"sum", "double", "double", "sum({d}{1}){f}"},
    {"sum", "interval day to second", "=1", "sum({d}{1}){f}"},
    {"var_pop", "double", "double", "var_pop({d}{1}){f}"},
    {"var_samp", "double", "double", "var_samp({d}{1}){f}"},
    {"variance", "double", "double", "var_samp({d}{1}){f}"},
};

constexpr FunctionRow kWindow[] = {
    {"cume_dist", "", "double", "cume_dist(){f}"},
    {"dense_rank", "", "bigint", "dense_rank(){f}"},
    {"first_value", "T", "T", "first_value({1}{n}){f}"},
    {"lag", "T", "T", "lag({1}{n}){f}"},
    {"lag", "T, bigint", "T", "lag({1}, CAST({2} AS INTEGER){n}){f}"},
    {"lag", "T, bigint, T", "T", "lag({1}, CAST({2} AS INTEGER), {3}{n}){f}"},
    {"last_value", "T", "T", "last_value({1}{n}){f}"},
    {"lead", "T", "T", "lead({1}{n}){f}"},
    {"lead", "T, bigint", "T", "lead({1}, CAST({2} AS INTEGER){n}){f}"},
    {"lead", "T, bigint, T", "T", "lead({1}, CAST({2} AS INTEGER), {3}{n}){f}"},
    {"nth_value", "T, bigint", "T", "nth_value({1}, {2}{n}){f}"},
    {"ntile", "bigint", "bigint", "ntile({1}){f}"},
    {"percent_rank", "", "double", "percent_rank(){f}"},
    {"rank", "", "bigint", "rank(){f}"},
    {"row_number", "", "bigint", "row_number(){f}"},
};

}  // namespace

std::span<const FunctionRow> aggregate_functions() { return kAggregate; }
std::span<const FunctionRow> window_functions() { return kWindow; }

}  // namespace tidemill::athena_sql
