// Engine::Instance: the DuckDB database behind an Engine. Internal to this folder.
#pragma once

#include "duckdb.hpp"
#include "storage/columnar/engine.h"
#include "storage/columnar/query_state.h"

namespace tidemill::columnar {

struct Engine::Instance {
  explicit Instance(duckdb::DBConfig* config) : database(nullptr, config) {}
  duckdb::DuckDB database;
};

// A connection that carries `files`.
struct Session {
  Session(Engine::Instance& instance, ObjectFiles* files);
  duckdb::shared_ptr<QueryState> state;
  duckdb::Connection connection;
};

// What DuckDB says, as one of QueryRefused, QueryCancelled, QueryExhausted; the error that an
// object gave when that was the reason.
Error query_error(const duckdb::ErrorData& error, QueryState& state);

// Runs `act()`, which returns a Result, and makes an error of what DuckDB throws.
template <class F>
auto guarded(QueryState& state, F act) -> decltype(act()) {
  try {
    return act();
  } catch (const std::exception& thrown) {
    return query_error(duckdb::ErrorData(thrown), state);
  }
}

}  // namespace tidemill::columnar
