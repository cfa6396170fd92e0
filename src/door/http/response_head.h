// The head of an HTTP/1.1 answer as bytes, and what both HTTP versions say about an answer's body.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/http.h"

namespace tidemill::http {

std::string_view reason_of(int status);  // "Not Found"; "Status" for a status without a name

// Appends "name: value" for each field that the answer may carry: fields about the connection and
// the body's framing are ours, and line breaks in a value become spaces.
bool is_connection_field(std::string_view lower_name);
void append_field_value(std::string_view value, std::string& out);

// How the body of an answer travels.
struct BodyPlan {
  bool sends_bytes = false;
  std::optional<uint64_t> length;  // said in content-length
};
BodyPlan plan_body(const HttpResponse& response, bool is_head_request);

enum class Ending : uint8_t { kKeepAlive, kKeepAliveSaid, kClose };

// Appends the whole head with its empty line. `date` is an RFC 1123 date; without a length and with
// bytes to send the coding is chunked, unless `may_chunk` is false (HTTP/1.0).
void append_response_head(const HttpResponse& response, const BodyPlan& plan, bool may_chunk,
                          Ending ending, std::string_view date, std::string& out);

void append_chunk_size(size_t bytes, std::string& out);  // the line before a chunk

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(int64_t seconds_since_1970);

}  // namespace tidemill::http
