// RocksDB's views and transactions: included by this folder only.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/utilities/write_batch_with_index.h>

#include <memory>
#include <string>
#include <vector>

#include "storage/kv/store.h"

namespace tidemill::kv {

// A snapshot of durable state; releases it when the last reader lets go. Keeps the engine open.
class SnapshotView : public View {
 public:
  SnapshotView(std::shared_ptr<rocksdb::DB> db, const rocksdb::Snapshot* snapshot)
      : db_(std::move(db)), snapshot_(snapshot) {
    options_.snapshot = snapshot;
  }
  ~SnapshotView() override { db_->ReleaseSnapshot(snapshot_); }
  std::optional<std::string> get(std::string_view key) const override;
  std::unique_ptr<Cursor> scan(std::string_view begin, std::string_view end) const override;
  std::unique_ptr<Cursor> scan_back(std::string_view begin, std::string_view end) const override;

 private:
  std::shared_ptr<rocksdb::DB> db_;
  const rocksdb::Snapshot* snapshot_;
  rocksdb::ReadOptions options_;
};

// The newest state with one command's writes over it.
class BatchTransaction : public Transaction {
 public:
  explicit BatchTransaction(rocksdb::DB& db) : db_(db) {}
  std::optional<std::string> get(std::string_view key) const override;
  std::unique_ptr<Cursor> scan(std::string_view begin, std::string_view end) const override;
  std::unique_ptr<Cursor> scan_back(std::string_view begin, std::string_view end) const override;
  void put(std::string_view key, std::string_view value) override;
  void erase(std::string_view key) override;
  void erase_range(std::string_view begin, std::string_view end) override;
  void touch(std::string_view topic) override { topics_.emplace_back(topic); }

  bool has_writes() const { return batch_.GetWriteBatch()->Count() > 0; }
  rocksdb::WriteBatch* batch() { return batch_.GetWriteBatch(); }
  std::vector<std::string>& topics() { return topics_; }

 private:
  std::unique_ptr<Cursor> scan_both(std::string_view begin, std::string_view end, bool back) const;
  rocksdb::DB& db_;
  mutable rocksdb::WriteBatchWithIndex batch_{rocksdb::BytewiseComparator(), 0, true};
  std::vector<std::string> topics_;
};

}  // namespace tidemill::kv
