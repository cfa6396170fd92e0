// https://trino.io/docs/current/functions/math.html, .../bitwise.html
#include "flow/athena_sql/functions.h"

namespace tidemill::athena_sql {

namespace {

constexpr FunctionRow kNumber[] = {
    {"abs", "tinyint", "=1", "abs({1})"},
    {"abs", "smallint", "=1", "abs({1})"},
    {"abs", "integer", "=1", "abs({1})"},
    {"abs", "bigint", "=1", "abs({1})"},
    {"abs", "decimal", "=1", "abs({1})"},
    {"abs", "real", "=1", "abs({1})"},
    {"abs", "double", "=1", "abs({1})"},
    {"atan", "double", "double", "atan({1})"},
    {"atan2", "double, double", "double", "atan2({1}, {2})"},
    {"cbrt", "double", "double", "cbrt({1})"},
    {"ceil", "bigint", "=1", "{1}"},
    {"ceil", "decimal", "bigint", "CAST(ceil({1}) AS BIGINT)"},
    {"ceil", "real", "real", "CAST(ceil({1}) AS FLOAT)"},
    {"ceil", "double", "double", "ceil({1})"},
    {"ceiling", "bigint", "=1", "{1}"},
    {"ceiling", "decimal", "bigint", "CAST(ceil({1}) AS BIGINT)"},
    {"ceiling", "real", "real", "CAST(ceil({1}) AS FLOAT)"},
    {"ceiling", "double", "double", "ceil({1})"},
    {"cos", "double", "double", "cos({1})"},
    {"cosh", "double", "double", "cosh({1})"},
    {"degrees", "double", "double", "degrees({1})"},
    {"e", "", "double", "CAST(2.718281828459045 AS DOUBLE)"},
    {"exp", "double", "double", "exp({1})"},
    {"floor", "bigint", "=1", "{1}"},
    {"floor", "decimal", "bigint", "CAST(floor({1}) AS BIGINT)"},
    {"floor", "real", "real", "CAST(floor({1}) AS FLOAT)"},
    {"floor", "double", "double", "floor({1})"},
    {"infinity", "", "double", "CAST('Infinity' AS DOUBLE)"},
    {"is_finite", "double", "boolean", "isfinite({1})"},
    {"is_infinite", "double", "boolean", "isinf({1})"},
    {"is_nan", "double", "boolean", "isnan({1})"},
    {"ln", "double", "double",
     "(CASE WHEN {1} > 0 THEN ln({1}) WHEN {1} = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN {1} IS "
     "NOT NULL THEN CAST('NaN' AS DOUBLE) END)"},
    {"log", "double, double", "double",
     "((CASE WHEN {2} > 0 THEN ln({2}) WHEN {2} = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN {2} IS "
     "NOT NULL THEN CAST('NaN' AS DOUBLE) END) / (CASE WHEN {1} > 0 THEN ln({1}) WHEN {1} = 0 THEN "
     "CAST('-Infinity' AS DOUBLE) WHEN {1} IS NOT NULL THEN CAST('NaN' AS DOUBLE) END))"},
    {"log10", "double", "double",
     "((CASE WHEN {1} > 0 THEN ln({1}) WHEN {1} = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN {1} IS "
     "NOT NULL THEN CAST('NaN' AS DOUBLE) END) / CAST(2.302585092994046 AS DOUBLE))"},
    {"log2", "double", "double",
     "((CASE WHEN {1} > 0 THEN ln({1}) WHEN {1} = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN {1} IS "
     "NOT NULL THEN CAST('NaN' AS DOUBLE) END) / CAST(0.6931471805599453 AS DOUBLE))"},
    {"mod", "integer, integer", "integer", "t_mod({1}, {2})"},
    {"mod", "bigint, bigint", "bigint", "t_mod({1}, {2})"},
    {"mod", "double, double", "double", "({1} % {2})"},
    {"nan", "", "double", "CAST('NaN' AS DOUBLE)"},
    {"pi", "", "double", "pi()"},
    {"pow", "double, double", "double", "pow({1}, {2})"},
    {"power", "double, double", "double", "pow({1}, {2})"},
    {"radians", "double", "double", "radians({1})"},
    {"rand", "", "double", "random()"},
    {"random", "", "double", "random()"},
    {"random", "bigint", "bigint", "CAST(floor(random() * {1}) AS BIGINT)"},
    {"random", "bigint, bigint", "bigint", "({1} + CAST(floor(random() * ({2} - {1})) AS BIGINT))"},
    {"round", "bigint", "=1", "{1}"},
    {"round", "bigint, bigint", "=1", "CAST(round({1}, CAST({2} AS INTEGER)) AS BIGINT)"},
    {"round", "decimal", "=1", "CAST(round({1}) AS {R})"},
    {"round", "decimal, bigint", "=1", "CAST(round({1}, CAST({2} AS INTEGER)) AS {R})"},
    {"round", "real", "real", "CAST(round({1}) AS FLOAT)"},
    {"round", "real, bigint", "real",
     "CAST(round(CAST({1} AS DOUBLE), CAST({2} AS INTEGER)) AS FLOAT)"},
    {"round", "double", "double", "round({1})"},
    {"round", "double, bigint", "double", "round({1}, CAST({2} AS INTEGER))"},
    {"sign", "bigint", "bigint", "CAST(sign({1}) AS BIGINT)"},
    {"sign", "double", "double", "CAST(sign({1}) AS DOUBLE)"},
    {"sin", "double", "double", "sin({1})"},
    {"sqrt", "double", "double",
     "(CASE WHEN {1} >= 0 THEN sqrt({1}) WHEN {1} IS NOT NULL THEN CAST('NaN' AS DOUBLE) END)"},
    {"tan", "double", "double", "tan({1})"},
    {"tanh", "double", "double", "tanh({1})"},
    {"to_base", "bigint, bigint", "varchar", "lower(to_base({1}, CAST({2} AS INTEGER)))"},
    {"truncate", "decimal", "=1", "CAST(trunc({1}) AS {R})"},
    {"truncate", "double", "double", "trunc({1})"},
    {"width_bucket", "double, double, double, bigint", "bigint",
     "(CASE WHEN {1} < {2} THEN 0::BIGINT WHEN {1} >= {3} THEN {4} + 1 ELSE CAST(floor(({1} - {2}) "
     "/ "
     "(({3} - {2}) / {4})) AS BIGINT) + 1 END)"},
    {"bitwise_and", "bigint, bigint", "bigint", "({1} & {2})"},
    {"bitwise_or", "bigint, bigint", "bigint", "({1} | {2})"},
    {"bitwise_xor", "bigint, bigint", "bigint", "xor({1}, {2})"},
    {"bitwise_not", "bigint", "bigint", "(~{1})"},
};

}  // namespace

std::span<const FunctionRow> number_functions() { return kNumber; }

}  // namespace tidemill::athena_sql
