// DuckDB 1.4.4, sealed (DESIGN D7): one locked instance in memory. It opens no local file but its
// own temporary ones, no socket, no extension; its settings cannot be changed; it reads and writes
// only the objects that each query is given. No type of DuckDB leaves this folder.
//
// `run` blocks: call it on a pool thread. Several run at once, one connection each; memory and
// threads are limited for all of them together. Thread-safe.
//
// SQL given here is DuckDB's, printed by flow/athena/sql from Trino's; functions whose meaning
// differs are ours, see functions.h.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "storage/columnar/object_files.h"
#include "wire/result.h"

namespace tidemill::columnar {

struct Options {
  uint64_t memory_bytes = 512ULL << 20;
  int threads = 2;
  // Where sorts and joins that do not fit in memory go. Empty: such a query fails instead.
  std::string temporary_directory;
  uint64_t temporary_bytes_max = 4ULL << 30;
};

struct Column {
  std::string name;
  std::string type;   // DuckDB's text: "BIGINT", "DECIMAL(10,2)", "STRUCT(a INTEGER)[]"
  int precision = 0;  // as Athena's ColumnInfo has it
  int scale = 0;
};

// A row as Athena's VARCHAR forms; nullopt is NULL. See print.h for the form of each type.
using Row = std::vector<std::optional<std::string>>;

// Stops a query from another thread. May be used for one query at a time.
class Cancellation {
 public:
  void cancel();
  bool is_cancelled() const;

 private:
  friend class Engine;
  void attach(std::function<void()> interrupt);
  mutable std::mutex mutex_;  // guards both
  bool cancelled_ = false;
  std::function<void()> interrupt_;
};

struct QueryOptions {
  ObjectFiles* files = nullptr;  // null: no object at all
  Cancellation* cancellation = nullptr;
};

struct QueryResult {
  std::vector<Column> columns;
  uint64_t rows = 0;           // given to the sink
  uint64_t bytes_scanned = 0;  // read from objects
};

class Engine {
 public:
  // Told once before the rows, then once per row, in order. An error ends the query with it.
  struct Sink {
    std::function<Status(const std::vector<Column>&)> columns;
    std::function<Status(const Row&)> row;
  };

  // InputOutput when the library is not the version its headers were made for, or when the
  // temporary directory cannot be used.
  static Result<std::unique_ptr<Engine>> open(const Options& options);
  ~Engine();

  // Runs one statement: SELECT or COPY (.. ) TO 's3://..'. Anything else is refused.
  //   QueryRefused    the text is not SQL, a name is unknown, a value has no meaning; the message
  //                   is for the user ("INVALID_CAST_ARGUMENT: Cannot cast 'x' to INT")
  //   QueryCancelled  it was stopped through its Cancellation
  //   QueryExhausted  it needs more memory or temporary space than allowed
  Result<QueryResult> run(const std::string& sql, const QueryOptions& options, const Sink& sink);
  // The same with all rows at once: for small results.
  struct Table {
    QueryResult result;
    std::vector<Row> rows;
  };
  Result<Table> run(const std::string& sql, const QueryOptions& options);

  struct Instance;  // of DuckDB; for the other files of this folder
  Instance& instance() { return *instance_; }

 private:
  explicit Engine(std::unique_ptr<Instance> instance);
  std::unique_ptr<Instance> instance_;
};

}  // namespace tidemill::columnar
