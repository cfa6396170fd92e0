// The head of an HTTP/1.1 request: read strictly, so that no two parties can disagree about where
// a request ends. Pure functions over bytes.
// RFC 9112; refused beyond it: bare LF, obs-fold, space before a colon, Content-Length together
// with Transfer-Encoding or twice with two values, transfer codings other than chunked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "door/http/limits.h"
#include "wire/http.h"

namespace tidemill::http {

// Why a request is refused before any service sees it.
struct Refusal {
  int status = 400;
  std::string_view reason;
};

// Finds the end of a head in bytes that arrive piece by piece, looking at each byte once.
class HeadScanner {
 public:
  enum class State : uint8_t { kMore, kComplete, kRefused };
  // `bytes` begins where it began at the last call, and may be longer.
  State scan(std::string_view bytes, const Limits& limits);
  size_t head_bytes() const { return head_bytes_; }    // with the empty line; when kComplete
  const Refusal& refusal() const { return refusal_; }  // when kRefused
  void restart() { *this = HeadScanner(); }

 private:
  State refuse(int status, std::string_view reason);
  size_t scanned_ = 0;
  size_t line_start_ = 0;
  size_t head_bytes_ = 0;
  bool request_line_ended_ = false;
  Refusal refusal_;
};

enum class Framing : uint8_t { kNone, kLength, kChunked };

struct RequestHead {
  std::string method;
  std::string target;
  std::string authority;
  int version = 11;
  Headers headers;
  Framing framing = Framing::kNone;
  uint64_t body_bytes = 0;  // kLength
  bool keep_alive = true;
  bool expects_continue = false;
};

// Parses `head`, which ends with the empty line. The refusal when it is not a request.
std::optional<Refusal> parse_request_head(std::string_view head, const Limits& limits,
                                          RequestHead& out);

bool is_token(std::string_view text);  // RFC 9110 5.6.2
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace tidemill::http
