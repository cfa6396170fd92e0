#include "app/aws/connection.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace tidemill::aws {
namespace {

constexpr size_t kReadBytes = 64 * 1024;
constexpr size_t kAnswerBytesMax = 256U << 20;

Error failed(const std::string& doing, const std::string& why) {
  return errors::InputOutput(doing + ": " + why);
}

// Where distributions keep the certificates: Debian, Amazon Linux.
void trust_system_certificates(SSL_CTX* context) {
  SSL_CTX_set_default_verify_paths(context);
  for (const char* file :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"}) {
    if (::access(file, R_OK) == 0) SSL_CTX_load_verify_locations(context, file, nullptr);
  }
}

std::string trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\r')) text.remove_suffix(1);
  return std::string(text);
}

// The status line and fields up to the empty line. False when they have another form.
bool parse_head(std::string_view head, ClientResponse& response) {
  const size_t line_end = std::min(head.find("\r\n"), head.size());
  if (!head.starts_with("HTTP/1.") || line_end < 12) return false;
  response.status = std::atoi(std::string(head.substr(9, 3)).c_str());
  head.remove_prefix(std::min(line_end + 2, head.size()));
  while (!head.empty()) {
    const size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    response.headers.add(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    head.remove_prefix(std::min(end + 2, head.size()));
  }
  return response.status >= 100;
}

}  // namespace

struct Connection::Socket {
  std::string host;
  std::string port;
  std::string authority;
  bool secure = false;
  int descriptor = -1;
  SSL_CTX* context = nullptr;
  SSL* tls = nullptr;
  std::string input;  // read and not yet used

  ~Socket() {
    close();
    if (context) SSL_CTX_free(context);
  }
  void close() {
    if (tls) SSL_free(std::exchange(tls, nullptr));
    if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
    input.clear();
  }

  Status handshake() {
    if (!context) {
      context = SSL_CTX_new(TLS_client_method());
      trust_system_certificates(context);
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    }
    tls = SSL_new(context);
    SSL_set_tlsext_host_name(tls, host.c_str());
    SSL_set1_host(tls, host.c_str());
    SSL_set_fd(tls, descriptor);
    if (SSL_connect(tls) == 1) return ok();
    char why[256];
    ERR_error_string_n(ERR_get_error(), why, sizeof why);
    return failed("TLS with " + host, why);
  }

  Status send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = tls ? SSL_write(tls, bytes.data(),
                                        static_cast<int>(std::min<size_t>(bytes.size(), 1 << 20)))
                            : ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return failed("send to " + authority, std::strerror(errno));
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return ok();
  }

  // Reads more into `input`; false at the end of the stream.
  Result<bool> fill() {
    const size_t before = input.size();
    if (before > kAnswerBytesMax) return failed("answer of " + authority, "it is too long");
    input.resize(before + kReadBytes);
    ssize_t got = 0;
    do {
      got = tls ? SSL_read(tls, input.data() + before, kReadBytes)
                : ::recv(descriptor, input.data() + before, kReadBytes, 0);
    } while (got < 0 && errno == EINTR);
    input.resize(before + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0) return failed("receive from " + authority, std::strerror(errno));
    return got > 0;
  }
  // Reads until `input` holds `count` bytes.
  Status fill_to(size_t count) {
    while (input.size() < count) {
      auto more = fill();
      if (!more) return std::move(more).error();
      if (!*more) return failed("answer of " + authority, "it breaks off");
    }
    return ok();
  }
  Result<std::string> line() {
    size_t end = 0;
    while ((end = input.find("\r\n")) == std::string::npos)
      RETURN_IF_ERROR(fill_to(input.size() + 1));
    std::string text = input.substr(0, end);
    input.erase(0, end + 2);
    return text;
  }
  Result<std::string> take(size_t count) {
    RETURN_IF_ERROR(fill_to(count));
    std::string bytes = input.substr(0, count);
    input.erase(0, count);
    return bytes;
  }
  Result<std::string> chunked_body() {
    std::string body;
    while (true) {
      auto size = line();
      if (!size) return size;
      const size_t count = std::strtoull(size->c_str(), nullptr, 16);
      if (count > kAnswerBytesMax) return failed("answer of " + authority, "it is too long");
      auto chunk = take(count + 2);
      if (!chunk) return chunk;
      if (count == 0) return body;
      body.append(*chunk, 0, count);
    }
  }
  Result<std::string> rest_of_stream() {
    while (true) {
      auto more = fill();
      if (!more) return std::move(more).error();
      if (!*more) return std::exchange(input, {});
    }
  }
};

Connection::Connection(const std::string& url) : socket_(std::make_unique<Socket>()) {
  Socket& socket = *socket_;
  socket.secure = url.starts_with("https://");
  const size_t scheme = url.find("://");
  socket.authority = url.substr(scheme == std::string::npos ? 0 : scheme + 3);
  socket.authority = socket.authority.substr(0, socket.authority.find('/'));
  const size_t colon = socket.authority.rfind(':');
  socket.host = socket.authority.substr(0, colon);
  socket.port = socket.secure ? "443" : "80";
  if (colon != std::string::npos) socket.port = socket.authority.substr(colon + 1);
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

const std::string& Connection::authority() const { return socket_->authority; }

Status Connection::connect() {
  Socket& socket = *socket_;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int looked = ::getaddrinfo(socket.host.c_str(), socket.port.c_str(), &hints, &found);
  if (looked != 0) return failed("look up " + socket.host, ::gai_strerror(looked));
  int error = ECONNREFUSED;
  for (const addrinfo* one = found; one && socket.descriptor < 0; one = one->ai_next) {
    const int descriptor = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, 0);
    if (descriptor >= 0 && ::connect(descriptor, one->ai_addr, one->ai_addrlen) == 0) {
      socket.descriptor = descriptor;
    } else {
      error = errno;
      if (descriptor >= 0) ::close(descriptor);
    }
  }
  ::freeaddrinfo(found);
  if (socket.descriptor < 0) return failed("connect to " + socket.authority, std::strerror(error));
  const int on = 1;
  ::setsockopt(socket.descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (socket.secure) return socket.handshake();
  return ok();
}

Result<ClientResponse> Connection::attempt(const std::string& bytes, bool head) {
  Socket& socket = *socket_;
  RETURN_IF_ERROR(socket.send(bytes));
  size_t end = 0;
  while ((end = socket.input.find("\r\n\r\n")) == std::string::npos) {
    RETURN_IF_ERROR(socket.fill_to(socket.input.size() + 1));
  }
  ClientResponse response;
  if (!parse_head(std::string_view(socket.input).substr(0, end), response)) {
    return failed("answer of " + socket.authority, "it is not HTTP");
  }
  socket.input.erase(0, end + 4);
  if (response.status == 100) return attempt("", head);
  const bool bodiless = head || response.status == 204 || response.status == 304;
  const std::string* length = response.headers.find("content-length");
  if (!bodiless) {
    auto body = response.headers.get("transfer-encoding") == "chunked" ? socket.chunked_body()
                : length ? socket.take(std::strtoull(length->c_str(), nullptr, 10))
                         : socket.rest_of_stream();
    if (!body) return std::move(body).error();
    response.body = *std::move(body);
  }
  if (response.headers.get("connection") == "close" || (!bodiless && !length)) {
    if (response.headers.get("transfer-encoding") != "chunked") socket.close();
  }
  return response;
}

Result<ClientResponse> Connection::exchange(const ClientRequest& request) {
  std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\nhost: " + authority();
  for (const auto& [name, value] : request.headers.all()) bytes += "\r\n" + name + ": " + value;
  bytes += "\r\ncontent-length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
  const bool kept = socket_->descriptor >= 0;
  if (!kept) RETURN_IF_ERROR(connect());
  auto response = attempt(bytes, request.method == "HEAD");
  if (response) return response;
  const bool untouched = kept && socket_->input.empty();
  socket_->close();
  if (!untouched) return response;
  RETURN_IF_ERROR(connect());
  response = attempt(bytes, request.method == "HEAD");
  if (!response) socket_->close();
  return response;
}

}  // namespace tidemill::aws
