// What a running query's connection carries through DuckDB: its objects, and the first error that
// they gave. Internal to this folder.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "duckdb.hpp"
#include "duckdb/common/types/column/column_data_collection.hpp"
#include "duckdb/main/client_context_state.hpp"
#include "storage/columnar/object_files.h"

namespace tidemill::columnar {

struct QueryState : duckdb::ClientContextState {
  ObjectFiles* files = nullptr;
  duckdb::ColumnDataCollection* rows = nullptr;  // what t_rows() reads (parquet.cc)
  duckdb::vector<std::string> row_names;
  std::atomic<uint64_t> bytes_scanned{0};

  void fail(const Error& error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = error;
  }
  std::optional<Error> error() {
    const std::lock_guard lock(mutex_);
    return error_;
  }

  void add_writer(std::shared_ptr<ObjectWriter> writer) {
    const std::lock_guard lock(mutex_);
    writers_.push_back(std::move(writer));
  }
  // The statement succeeded: its outputs are whole.
  Status finish_writers() {
    for (const auto& writer : writers_) RETURN_IF_ERROR(writer->finish());
    writers_.clear();
    return ok();
  }

  static constexpr const char* kName = "tidemill_query";
  static duckdb::shared_ptr<QueryState> of(duckdb::ClientContext& context) {
    return context.registered_state->Get<QueryState>(kName);
  }

 private:
  std::mutex mutex_;  // guards both: DuckDB's threads read and write objects at once
  std::optional<Error> error_;
  // Shared with the file handle, which DuckDB may keep a little longer than the statement.
  std::vector<std::shared_ptr<ObjectWriter>> writers_;
};

}  // namespace tidemill::columnar
