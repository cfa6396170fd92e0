// Refusals of SQL in Trino's form: "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved".
#pragma once

#include <string>
#include <string_view>

#include "flow/athena_sql/ast.h"
#include "wire/result.h"

namespace tidemill::athena_sql {

// `code` is Trino's name of the error: SYNTAX_ERROR, TYPE_MISMATCH ...
inline Error sql_error(std::string_view code, Position at, std::string_view message) {
  return errors::QueryRefused(std::string(code) + ": line " + std::to_string(at.line) + ":" +
                              std::to_string(at.column) + ": " + std::string(message));
}
inline Error syntax_error(Position at, std::string_view message) {
  return sql_error("SYNTAX_ERROR", at, message);
}
inline Error not_supported(Position at, std::string_view what) {
  return sql_error("NOT_SUPPORTED", at, std::string(what) + " is not supported");
}

}  // namespace tidemill::athena_sql
