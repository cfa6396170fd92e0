// Bytes that were received and not yet used: one block that is refilled, moved to the front when
// its end is reached, and grown up to what the caller allows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

namespace tidemill::http {

class InputBuffer {
 public:
  explicit InputBuffer(size_t bytes) : block_(bytes) {}

  std::string_view view() const { return {block_.data() + begin_, end_ - begin_}; }
  bool is_empty() const { return begin_ == end_; }
  void consume(size_t bytes) {
    begin_ += bytes;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  // Makes room for at least one byte; what view() showed may move.
  void make_room() {
    if (end_ < block_.size()) return;
    if (begin_ > 0) {
      std::memmove(block_.data(), block_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    } else {
      block_.resize(block_.size() * 2);
    }
  }
  char* room() { return block_.data() + end_; }
  size_t room_bytes() const { return block_.size() - end_; }
  void received(size_t bytes) { end_ += bytes; }
  void append(std::string_view bytes) {
    while (room_bytes() < bytes.size()) block_.resize(block_.size() * 2);
    std::memcpy(room(), bytes.data(), bytes.size());
    end_ += bytes.size();
  }

 private:
  std::vector<char> block_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace tidemill::http
