#include "door/http/request_head.h"

#include <array>
#include <cstring>

namespace tidemill::http {
namespace {

constexpr std::array<bool, 256> kTokenCharacters = [] {
  std::array<bool, 256> table{};
  for (int c = '0'; c <= '9'; ++c) table[static_cast<size_t>(c)] = true;
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<size_t>(c)] = true;
  for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<size_t>(c)] = true;
  for (const char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
    table[static_cast<uint8_t>(c)] = true;
  return table;
}();

constexpr size_t kMethodBytesMax = 32;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_control(char c) { return (static_cast<uint8_t>(c) < 0x20) || c == 0x7F; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_field_value(std::string_view value) {
  for (const char c : value) {
    if (is_control(c) && c != '\t') return false;
  }
  return true;
}

bool is_authority(std::string_view text) {
  for (const char c : text) {
    const bool allowed = kTokenCharacters[static_cast<uint8_t>(c)] || c == ':' || c == '[' ||
                         c == ']' || c == '(' || c == ')' || c == ',' || c == ';' || c == '=';
    if (!allowed || c == '#' || c == '^' || c == '`' || c == '|') return false;
  }
  return true;
}

std::optional<uint64_t> parse_length(std::string_view digits) {
  if (digits.empty() || digits.size() > 18) return std::nullopt;
  uint64_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  return value;
}

std::string_view next_line(std::string_view& head) {
  const size_t end = head.find("\r\n");
  const std::string_view line = head.substr(0, end);
  head.remove_prefix(end + 2);
  return line;
}

// "http://host/path" of a proxy's request becomes authority and path.
std::optional<Refusal> split_absolute(RequestHead& out) {
  const size_t scheme_end = out.target.find("://");
  if (scheme_end == std::string::npos) return Refusal{400, "Malformed request target"};
  const std::string scheme = out.target.substr(0, scheme_end);
  if (!equals_ignoring_case(scheme, "http") && !equals_ignoring_case(scheme, "https"))
    return Refusal{400, "Malformed request target"};
  const std::string rest = out.target.substr(scheme_end + 3);
  const size_t path = std::min(rest.find_first_of("/?"), rest.size());
  out.authority = rest.substr(0, path);
  out.target = rest.substr(path);
  if (out.target.empty() || out.target[0] != '/') out.target.insert(0, "/");
  if (out.authority.empty() || !is_authority(out.authority))
    return Refusal{400, "Malformed request target"};
  return std::nullopt;
}

std::optional<Refusal> parse_version(std::string_view version, RequestHead& out) {
  if (version == "HTTP/1.1") return std::nullopt;
  if (version == "HTTP/1.0") {
    out.version = 10;
    out.keep_alive = false;
    return std::nullopt;
  }
  const bool is_http = version.size() == 8 && version.substr(0, 5) == "HTTP/" &&
                       version[5] >= '0' && version[5] <= '9' && version[6] == '.' &&
                       version[7] >= '0' && version[7] <= '9';
  if (!is_http) return Refusal{400, "Malformed request line"};
  if (version[5] == '1') return std::nullopt;  // a later 1.x speaks 1.1
  return Refusal{505, "HTTP version not supported"};
}

std::optional<Refusal> parse_request_line(std::string_view line, const Limits& limits,
                                          RequestHead& out) {
  const size_t first = line.find(' ');
  const size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return Refusal{400, "Malformed request line"};
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, second - first - 1);
  if (!is_token(method) || method.size() > kMethodBytesMax) return Refusal{400, "Malformed method"};
  if (target.size() > limits.target_bytes_max) return Refusal{414, "Request target is too long"};
  for (const char c : target) {
    if (is_control(c)) return Refusal{400, "Malformed request target"};
  }
  if (auto refusal = parse_version(line.substr(second + 1), out)) return refusal;
  out.method = method;
  out.target = target;
  if (method == "CONNECT") return Refusal{501, "CONNECT is not supported"};
  if (target.empty()) return Refusal{400, "Malformed request target"};
  if (target[0] == '/' || (target == "*" && method == "OPTIONS")) return std::nullopt;
  return split_absolute(out);
}

// What the fields say about the message itself.
struct Framed {
  bool has_host = false;
  bool has_length = false;
  bool has_coding = false;
};

std::optional<Refusal> note_host(std::string_view value, Framed& seen, RequestHead& out) {
  if (seen.has_host || !is_authority(value)) return Refusal{400, "Malformed Host"};
  seen.has_host = true;
  if (out.authority.empty()) out.authority = value;  // an absolute target goes before Host
  return std::nullopt;
}

std::optional<Refusal> note_length(std::string_view value, Framed& seen, RequestHead& out) {
  const std::optional<uint64_t> length = parse_length(value);
  if (!length || (seen.has_length && *length != out.body_bytes))
    return Refusal{400, "Malformed Content-Length"};
  seen.has_length = true;
  out.body_bytes = *length;
  out.framing = Framing::kLength;
  return std::nullopt;
}

std::optional<Refusal> note_coding(std::string_view value, Framed& seen, RequestHead& out) {
  if (seen.has_coding || out.version == 10) return Refusal{400, "Malformed Transfer-Encoding"};
  if (!equals_ignoring_case(value, "chunked"))
    return Refusal{501, "Transfer-Encoding is not supported"};
  seen.has_coding = true;
  return std::nullopt;
}

void note_connection(std::string_view value, RequestHead& out) {
  while (!value.empty()) {
    const size_t comma = std::min(value.find(','), value.size());
    const std::string_view option = trim(value.substr(0, comma));
    value.remove_prefix(std::min(comma + 1, value.size()));
    if (equals_ignoring_case(option, "close")) out.keep_alive = false;
    if (equals_ignoring_case(option, "keep-alive") && out.version == 10) out.keep_alive = true;
  }
}

std::optional<Refusal> note_field(std::string_view name, std::string_view value, Framed& seen,
                                  RequestHead& out) {
  switch (name.size()) {
    case 4:
      if (equals_ignoring_case(name, "host")) return note_host(value, seen, out);
      break;
    case 6:
      if (!equals_ignoring_case(name, "expect")) break;
      if (!equals_ignoring_case(value, "100-continue"))
        return Refusal{417, "Expectation is not supported"};
      out.expects_continue = out.version != 10;
      break;
    case 10:
      if (equals_ignoring_case(name, "connection")) note_connection(value, out);
      break;
    case 14:
      if (equals_ignoring_case(name, "content-length")) return note_length(value, seen, out);
      break;
    case 17:
      if (equals_ignoring_case(name, "transfer-encoding")) return note_coding(value, seen, out);
      break;
    default:
      break;
  }
  return std::nullopt;
}

std::optional<Refusal> parse_field(std::string_view line, Framed& seen, RequestHead& out) {
  const size_t colon = line.find(':');
  // A fold, a space before the colon and an empty name are all names that are not tokens.
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return Refusal{400, "Malformed header field"};
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim(line.substr(colon + 1));
  if (!is_field_value(value)) return Refusal{400, "Malformed header field"};
  if (auto refusal = note_field(name, value, seen, out)) return refusal;
  out.headers.add(name, std::string(value));
  return std::nullopt;
}

}  // namespace

bool is_token(std::string_view text) {
  for (const char c : text) {
    if (!kTokenCharacters[static_cast<uint8_t>(c)]) return false;
  }
  return !text.empty();
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

HeadScanner::State HeadScanner::refuse(int status, std::string_view reason) {
  refusal_ = Refusal{status, reason};
  return State::kRefused;
}

HeadScanner::State HeadScanner::scan(std::string_view bytes, const Limits& limits) {
  while (scanned_ < bytes.size()) {
    const void* found = std::memchr(bytes.data() + scanned_, '\n', bytes.size() - scanned_);
    if (found == nullptr) {
      scanned_ = bytes.size();
      break;
    }
    const auto line_end = static_cast<size_t>(static_cast<const char*>(found) - bytes.data());
    if (line_end == line_start_ || bytes[line_end - 1] != '\r')
      return refuse(400, "Line ends without CR");
    scanned_ = line_end + 1;
    const bool is_empty = line_end - line_start_ == 1;
    if (is_empty && !request_line_ended_) return refuse(400, "Malformed request line");
    line_start_ = scanned_;
    request_line_ended_ = true;
    if (!is_empty) continue;
    head_bytes_ = scanned_;
    if (head_bytes_ > limits.head_bytes_max) return refuse(431, "Request header is too large");
    return State::kComplete;
  }
  if (!request_line_ended_ && bytes.size() > limits.target_bytes_max + kMethodBytesMax + 16)
    return refuse(414, "Request target is too long");
  if (bytes.size() >= limits.head_bytes_max) return refuse(431, "Request header is too large");
  return State::kMore;
}

std::optional<Refusal> parse_request_head(std::string_view head, const Limits& limits,
                                          RequestHead& out) {
  if (auto refusal = parse_request_line(next_line(head), limits, out)) return refusal;
  Framed seen;
  size_t fields = 0;
  while (head.size() > 2) {
    if (++fields > limits.fields_max) return Refusal{431, "Too many header fields"};
    const size_t end = head.find("\r\n");
    if (auto refusal = parse_field(head.substr(0, end), seen, out)) return refusal;
    head.remove_prefix(end + 2);
  }
  if (seen.has_coding && seen.has_length)
    return Refusal{400, "Content-Length beside Transfer-Encoding"};
  if (seen.has_coding) out.framing = Framing::kChunked;
  if (!seen.has_host && out.version != 10) return Refusal{400, "Missing Host"};
  if (out.framing == Framing::kLength && out.body_bytes == 0) out.framing = Framing::kNone;
  if (out.framing == Framing::kNone) out.expects_continue = false;
  return std::nullopt;
}

}  // namespace tidemill::http
