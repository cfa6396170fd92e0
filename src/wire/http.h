// HTTP values as the rest of the program sees them: the door makes and sends them (D1).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/result.h"
#include "wire/task.h"

namespace tidemill {

// Header names in lower case, in the order they came. Lookups do not need another case.
class Headers {
 public:
  void add(std::string_view name, std::string value);  // the name is lowered
  void set(std::string_view name, std::string value);  // replaces all of that name
  void remove(std::string_view lower_name);
  // The first value; nullptr when absent.
  const std::string* find(std::string_view lower_name) const;
  std::string_view get(std::string_view lower_name) const;  // empty when absent
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// A stream of bytes that is pulled. One reader, on the loop thread.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // The next bytes, never more than a few hundred KiB at once; empty at the end. An error ends the
  // stream: the sender broke off, a checksum or a chunk signature does not fit.
  virtual Task<Result<std::string>> read() = 0;
  // The length of the whole stream in bytes when it is known.
  virtual std::optional<uint64_t> length() const { return std::nullopt; }
  // The fields that came after the bytes (aws-chunked trailers, such as x-amz-checksum-crc32),
  // once read() has answered the end; nullptr when there are none. Lives as long as the source.
  virtual const Headers* trailers() const { return nullptr; }
};

// A ByteSource over bytes in memory.
std::unique_ptr<ByteSource> bytes_source(std::string bytes);
// Reads a stream to its end. RequestEntityTooLarge beyond `bytes_max`.
Task<Result<std::string>> read_all(ByteSource& source, uint64_t bytes_max);

struct HttpRequest {
  std::string method;
  std::string target;     // as sent: path and query, percent-encoded
  std::string authority;  // Host or :authority
  int version = 11;       // 10, 11, 20
  Headers headers;
  std::unique_ptr<ByteSource> body;  // never null
  std::string remote_address;

  std::string_view path() const;   // the encoded path of the target
  std::string_view query() const;  // the encoded query, without '?'
};

struct HttpResponse {
  int status = 200;
  Headers headers;
  std::string body;                      // sent when `stream` is null
  std::unique_ptr<ByteSource> stream{};  // a long answer; chunked when its length is not known
  // Asked for HEAD, or a body that stays away: send this content-length and no bytes.
  std::optional<uint64_t> length_without_body{};
};

using HttpService = std::function<Task<HttpResponse>(HttpRequest)>;

// A listening HTTP server on the loop; the door implements it, `app` hands it down. Lambda's
// runtime API listens through it too.
class HttpListener {
 public:
  virtual ~HttpListener() = default;
  virtual uint16_t port() const = 0;
  // Stops accepting; connections in an exchange finish it.
  virtual void close() = 0;
};
class HttpServer {
 public:
  virtual ~HttpServer() = default;
  // Port 0 takes a free one. InputOutput when the address is in use.
  virtual Result<std::unique_ptr<HttpListener>> listen(const std::string& address, uint16_t port,
                                                       HttpService service) = 0;
};

// RFC 3986. Decoding leaves a '%' that is not followed by two hex digits as it is.
std::string percent_decode(std::string_view text, bool plus_is_space = false);
std::string percent_encode(std::string_view text, bool keep_slash = false);
// The decoded name=value pairs of a query or form body, in order.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace tidemill
