#include "wire/http.h"

#include <algorithm>

namespace tidemill {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)), length_(bytes_.size()) {}
  Task<Result<std::string>> read() override { co_return std::exchange(bytes_, std::string()); }
  std::optional<uint64_t> length() const override { return length_; }

 private:
  std::string bytes_;
  uint64_t length_;
};

}  // namespace

void Headers::add(std::string_view name, std::string value) {
  fields_.emplace_back(lower(name), std::move(value));
}

void Headers::set(std::string_view name, std::string value) {
  const std::string lowered = lower(name);
  std::erase_if(fields_, [&](const auto& field) { return field.first == lowered; });
  fields_.emplace_back(lowered, std::move(value));
}

void Headers::remove(std::string_view lower_name) {
  std::erase_if(fields_, [&](const auto& field) { return field.first == lower_name; });
}

const std::string* Headers::find(std::string_view lower_name) const {
  for (const auto& [name, value] : fields_) {
    if (name == lower_name) return &value;
  }
  return nullptr;
}

std::string_view Headers::get(std::string_view lower_name) const {
  const std::string* value = find(lower_name);
  return value ? std::string_view(*value) : std::string_view();
}

std::unique_ptr<ByteSource> bytes_source(std::string bytes) {
  return std::make_unique<MemorySource>(std::move(bytes));
}

Task<Result<std::string>> read_all(ByteSource& source, uint64_t bytes_max) {
  std::string all;
  while (true) {
    auto read = source.read();
    Result<std::string> piece = co_await std::move(read);
    if (!piece) co_return std::move(piece).error();
    if (piece->empty()) co_return all;
    if (all.size() + piece->size() > bytes_max) {
      co_return errors::RequestEntityTooLarge("Request body is larger than " +
                                              std::to_string(bytes_max) + " bytes");
    }
    if (all.empty()) {
      all = *std::move(piece);
    } else {
      all += *piece;
    }
  }
}

std::string_view HttpRequest::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view HttpRequest::query() const {
  const size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                        hex_value(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string percent_encode(std::string_view text, bool keep_slash) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c) || (keep_slash && c == '/')) {
      out += c;
    } else {
      out += '%';
      out += kHex[static_cast<uint8_t>(c) >> 4];
      out += kHex[static_cast<uint8_t>(c) & 15];
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : "";
    pairs.emplace_back(percent_decode(pair.substr(0, equals), true), percent_decode(value, true));
  }
  return pairs;
}

}  // namespace tidemill
