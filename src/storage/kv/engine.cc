#include "storage/kv/engine.h"

#include "wire/check.h"

namespace tidemill::kv {
namespace {

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view text(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

// Reads of one instant, bounded to [begin, end) and walked either way.
class EngineCursor : public Cursor {
 public:
  using Open = rocksdb::Iterator* (*)(void*, const rocksdb::ReadOptions&);
  EngineCursor(std::string_view begin, std::string_view end, bool back)
      : begin_(begin), end_(end), back_(back), lower_(begin_), upper_(end_) {}

  rocksdb::ReadOptions bounded(rocksdb::ReadOptions options) const {
    options.iterate_lower_bound = &lower_;
    if (!end_.empty()) options.iterate_upper_bound = &upper_;
    return options;
  }
  void walk(rocksdb::Iterator* iterator) {
    iterator_.reset(iterator);
    if (!back_) {
      iterator_->Seek(lower_);
    } else if (end_.empty()) {
      iterator_->SeekToLast();
    } else {
      iterator_->SeekForPrev(upper_);
      if (iterator_->Valid() && iterator_->key() == upper_) iterator_->Prev();
    }
    settle();
  }
  bool valid() const override { return valid_; }
  std::string_view key() const override { return text(iterator_->key()); }
  std::string_view value() const override { return text(iterator_->value()); }
  void next() override {
    CHECK(valid_);
    back_ ? iterator_->Prev() : iterator_->Next();
    settle();
  }

 private:
  // An iterator over a batch and the base does not keep to the bounds by itself.
  void settle() {
    valid_ = iterator_->Valid();
    CHECK(valid_ || iterator_->status().ok());
    if (!valid_) return;
    const rocksdb::Slice at = iterator_->key();
    valid_ = at.compare(lower_) >= 0 && (end_.empty() || at.compare(upper_) < 0);
  }

  std::string begin_;
  std::string end_;
  bool back_;
  rocksdb::Slice lower_;
  rocksdb::Slice upper_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  bool valid_ = false;
};

std::optional<std::string> found(const rocksdb::Status& status, std::string&& value) {
  if (status.IsNotFound()) return std::nullopt;
  CHECK(status.ok());
  return std::move(value);
}

std::unique_ptr<Cursor> scan_snapshot(rocksdb::DB& db, const rocksdb::ReadOptions& options,
                                      std::string_view begin, std::string_view end, bool back) {
  auto cursor = std::make_unique<EngineCursor>(begin, end, back);
  cursor->walk(db.NewIterator(cursor->bounded(options)));
  return cursor;
}

}  // namespace

std::optional<std::string> SnapshotView::get(std::string_view key) const {
  std::string value;
  const auto status = db_->Get(options_, slice(key), &value);
  return found(status, std::move(value));
}

std::unique_ptr<Cursor> SnapshotView::scan(std::string_view begin, std::string_view end) const {
  return scan_snapshot(*db_, options_, begin, end, false);
}

std::unique_ptr<Cursor> SnapshotView::scan_back(std::string_view begin,
                                                std::string_view end) const {
  return scan_snapshot(*db_, options_, begin, end, true);
}

std::optional<std::string> BatchTransaction::get(std::string_view key) const {
  std::string value;
  const rocksdb::ReadOptions newest;
  const auto status = has_writes() ? batch_.GetFromBatchAndDB(&db_, newest, slice(key), &value)
                                   : db_.Get(newest, slice(key), &value);
  return found(status, std::move(value));
}

std::unique_ptr<Cursor> BatchTransaction::scan_both(std::string_view begin, std::string_view end,
                                                    bool back) const {
  if (!has_writes()) return scan_snapshot(db_, rocksdb::ReadOptions(), begin, end, back);
  auto cursor = std::make_unique<EngineCursor>(begin, end, back);
  const rocksdb::ReadOptions options = cursor->bounded(rocksdb::ReadOptions());
  rocksdb::Iterator* base = db_.NewIterator(options);
  cursor->walk(batch_.NewIteratorWithBase(db_.DefaultColumnFamily(), base, &options));
  return cursor;
}

std::unique_ptr<Cursor> BatchTransaction::scan(std::string_view begin, std::string_view end) const {
  return scan_both(begin, end, false);
}

std::unique_ptr<Cursor> BatchTransaction::scan_back(std::string_view begin,
                                                    std::string_view end) const {
  return scan_both(begin, end, true);
}

void BatchTransaction::put(std::string_view key, std::string_view value) {
  CHECK(batch_.Put(slice(key), slice(value)).ok());
}

void BatchTransaction::erase(std::string_view key) { CHECK(batch_.Delete(slice(key)).ok()); }

void BatchTransaction::erase_range(std::string_view begin, std::string_view end) {
  CHECK(batch_.GetWriteBatch()->DeleteRange(slice(begin), slice(end)).ok());
}

}  // namespace tidemill::kv
