#include "storage/kv/key.h"

#include "wire/check.h"

namespace tidemill::kv {

std::string KeyReader::text() {
  std::string segment;
  while (true) {
    const size_t zero = rest_.find('\0');
    CHECK(zero != std::string_view::npos && zero + 1 < rest_.size());
    segment.append(rest_.substr(0, zero));
    const char after = rest_[zero + 1];
    rest_.remove_prefix(zero + 2);
    if (after == '\1') return segment;
    CHECK(after == '\xFF');
    segment += '\0';
  }
}

uint64_t KeyReader::u64() {
  CHECK(rest_.size() >= 8);
  uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | static_cast<uint8_t>(rest_[i]);
  rest_.remove_prefix(8);
  return number;
}

std::string prefix_end(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xFF') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(end.back() + 1);
  return end;
}

}  // namespace tidemill::kv
