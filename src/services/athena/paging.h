// Lists in pages: a token is the last key of the page before, in hex.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/call/operation.h"
#include "wire/json.h"

namespace tidemill::athena {

std::string encode_token(std::string_view key);
// InvalidRequestException when it is none of ours.
Result<std::string> decode_token(const std::optional<std::string>& token);

// What the store holds of `T` under a key.
template <class T>
T read_stored(std::string_view text) {
  auto document = parse_json(text);
  CHECK(document);  // we wrote it
  return from_document<T>(*std::move(document));
}

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;
};

// Values below `prefix`, `max` of them, after the key in `token`.
template <class T>
Result<Page<T>> page_of(const kv::View& view, const std::string& prefix,
                        const std::optional<std::string>& token, size_t max) {
  Result<std::string> after = decode_token(token);
  if (!after) return after.error();
  const std::string begin = after->empty() ? prefix : prefix + *after + '\0';
  Page<T> out;
  std::string last;
  for (auto cursor = view.scan(begin, kv::prefix_end(prefix)); cursor->valid(); cursor->next()) {
    if (out.items.size() == max) {
      out.next = encode_token(last);
      break;
    }
    out.items.push_back(read_stored<T>(cursor->value()));
    last = std::string(cursor->key().substr(prefix.size()));
  }
  return out;
}

}  // namespace tidemill::athena
