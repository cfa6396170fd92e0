#include "door/http/server.h"

#include <utility>

#include "door/http/connection.h"
#include "door/http/transport.h"

namespace tidemill::http {
namespace {

constexpr int64_t kTroubleMilliseconds = 200;  // until accepting is tried again

class Listener : public HttpListener {
 public:
  Listener(std::shared_ptr<Acceptor> acceptor, std::shared_ptr<Connections> connections)
      : acceptor_(std::move(acceptor)), connections_(std::move(connections)) {}
  ~Listener() override { close(); }

  uint16_t port() const override { return acceptor_->port(); }
  void close() override {
    connections_->on_close = nullptr;
    acceptor_->close();
    connections_->finish_all();
  }

 private:
  std::shared_ptr<Acceptor> acceptor_;
  std::shared_ptr<Connections> connections_;
};

}  // namespace

Result<std::unique_ptr<HttpListener>> Server::listen(const std::string& address, uint16_t port,
                                                     HttpService service) {
  auto connections = std::make_shared<Connections>(loop_, limits_, std::move(service));
  auto acceptor_place = std::make_shared<std::weak_ptr<Acceptor>>();
  auto on_accept = [connections, acceptor_place](std::unique_ptr<Transport> transport) {
    connections->open(std::move(transport));
    const bool is_full = connections->count() >= connections->limits().connections_max;
    if (auto acceptor = acceptor_place->lock(); acceptor && is_full) acceptor->pause();
  };
  auto on_trouble = [acceptor_place, &loop = loop_] {
    loop.after(kTroubleMilliseconds, [acceptor_place] {
      if (auto acceptor = acceptor_place->lock()) acceptor->resume();
    });
  };
  auto bound = listen_tcp(io_, address, port, std::move(on_accept), std::move(on_trouble));
  if (!bound) return std::move(bound).error();
  const std::shared_ptr<Acceptor> acceptor = *bound;
  *acceptor_place = acceptor;
  connections->on_close = [acceptor_place, place = connections.get()] {
    if (place->count() + 1 != place->limits().connections_max) return;
    if (auto waiting = acceptor_place->lock()) waiting->resume();
  };
  acceptor->resume();
  return std::unique_ptr<HttpListener>(
      std::make_unique<Listener>(acceptor, std::move(connections)));
}

}  // namespace tidemill::http
