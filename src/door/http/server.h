// The HTTP server of the program (D1): HTTP/1.1 and, on the same port, HTTP/2 in the clear
// (prior knowledge: the preface decides). Bodies stream both ways: a request's body is
// received only as fast as the service pulls it, an answer's stream is pulled only as fast as the
// client takes it.
//
// All calls, the services and the connections run on the loop thread, which runs `io`. Limits and
// timeouts are in limits.h; what breaks them is answered 400, 408, 414, 417, 431, 501 or 505 and
// the connection closes. A stream of an answer that fails resets the connection (HTTP/2: the
// stream), so that the client does not take a part for the whole.
//
//   Server server(loop.io_context(), loop);
//   Result<std::unique_ptr<HttpListener>> listener = server.listen("127.0.0.1", 4566, service);
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "door/http/limits.h"
#include "sys/loop.h"
#include "wire/http.h"

namespace boost::asio {
class io_context;
}

namespace tidemill::http {

// May be destroyed before its listeners; `io` and `loop` outlive both.
class Server : public HttpServer {
 public:
  Server(boost::asio::io_context& io, sys::Loop& loop, const Limits& limits = {})
      : io_(io), loop_(loop), limits_(limits) {}

  // `address` is an IP address or "localhost". May be called many times. Destroying the listener
  // closes it; exchanges that are going on end first, and keep `service` alive until then.
  Result<std::unique_ptr<HttpListener>> listen(const std::string& address, uint16_t port,
                                               HttpService service) override;

 private:
  boost::asio::io_context& io_;
  sys::Loop& loop_;
  Limits limits_;
};

}  // namespace tidemill::http
