#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "door/http/transport.h"

namespace tidemill::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Code = boost::system::error_code;

class TcpTransport : public Transport {
 public:
  TcpTransport(tcp::socket socket, std::string remote_address)
      : socket_(std::move(socket)), remote_address_(std::move(remote_address)) {}

  void read(char* bytes, size_t size, std::shared_ptr<Receiver> receiver) override {
    socket_.async_read_some(asio::buffer(bytes, size),
                            [receiver = std::move(receiver)](Code code, size_t count) {
                              receiver->on_read(code ? 0 : count);
                            });
  }

  Written write(const Gather& bytes, std::shared_ptr<Receiver> receiver) override {
    std::array<asio::const_buffer, 3> buffers;
    size_t total = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      buffers[i] = asio::buffer(bytes[i].data(), bytes[i].size());
      total += bytes[i].size();
    }
    Code code;
    size_t sent = bytes[1].empty() && bytes[2].empty()
                      ? socket_.write_some(asio::buffer(buffers[0]), code)
                      : socket_.write_some(buffers, code);
    if (code && code != asio::error::would_block) return Written::kBroken;
    if (!code && sent == total) return Written::kAll;
    if (code) sent = 0;
    for (asio::const_buffer& buffer : buffers) {
      const size_t skipped = std::min(sent, buffer.size());
      buffer += skipped;
      sent -= skipped;
    }
    asio::async_write(socket_, buffers, [receiver = std::move(receiver)](Code failed, size_t) {
      receiver->on_written(!failed);
    });
    return Written::kLater;
  }

  void shutdown_send() override {
    Code ignored;  // a socket that cannot be shut down is broken, and its read will say so
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void close(bool reset) override {
    Code ignored;  // closing a broken socket is no news
    if (reset) socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
  }
  bool is_open() const override { return socket_.is_open(); }
  const std::string& remote_address() const override { return remote_address_; }

 private:
  tcp::socket socket_;
  std::string remote_address_;
};

class TcpAcceptor : public Acceptor, public std::enable_shared_from_this<TcpAcceptor> {
 public:
  TcpAcceptor(asio::io_context& io, std::function<void(std::unique_ptr<Transport>)> on_accept,
              std::function<void()> on_trouble)
      : acceptor_(io), on_accept_(std::move(on_accept)), on_trouble_(std::move(on_trouble)) {}

  Code open(const tcp::endpoint& endpoint) {
    Code code;
    acceptor_.open(endpoint.protocol(), code);
    if (!code) acceptor_.set_option(tcp::acceptor::reuse_address(true), code);
    if (!code) acceptor_.bind(endpoint, code);
    if (!code) acceptor_.listen(asio::socket_base::max_listen_connections, code);
    if (!code) port_ = acceptor_.local_endpoint(code).port();
    return code;
  }

  uint16_t port() const override { return port_; }
  void close() override {
    Code ignored;  // nothing is lost when a listening socket is closed twice
    acceptor_.close(ignored);
    on_accept_ = nullptr;
    on_trouble_ = nullptr;
  }
  void pause() override { paused_ = true; }
  void resume() override {
    paused_ = false;
    accept();
  }

 private:
  void accept() {
    if (accepting_ || paused_ || !acceptor_.is_open()) return;
    accepting_ = true;
    acceptor_.async_accept([self = shared_from_this()](Code code, tcp::socket socket) {
      self->accepting_ = false;
      self->accepted(code, std::move(socket));
    });
  }

  void accepted(Code code, tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (code == asio::error::no_descriptors || code == asio::error::no_memory ||
        code == asio::error::no_buffer_space) {
      paused_ = true;
      return on_trouble_();
    }
    if (!code) admit(std::move(socket));
    accept();
  }

  void admit(tcp::socket socket) {
    Code code;
    const tcp::endpoint remote = socket.remote_endpoint(code);
    if (!code) socket.set_option(tcp::no_delay(true), code);
    if (!code) socket.non_blocking(true, code);
    if (code) return;  // gone before it was accepted
    on_accept_(std::make_unique<TcpTransport>(std::move(socket), remote.address().to_string()));
  }

  tcp::acceptor acceptor_;
  uint16_t port_ = 0;
  bool accepting_ = false;
  bool paused_ = true;
  std::function<void(std::unique_ptr<Transport>)> on_accept_;
  std::function<void()> on_trouble_;
};

}  // namespace

Result<std::shared_ptr<Acceptor>> listen_tcp(
    asio::io_context& io, const std::string& address, uint16_t port,
    std::function<void(std::unique_ptr<Transport>)> on_accept, std::function<void()> on_trouble) {
  Code code;
  const auto parsed = asio::ip::make_address(address == "localhost" ? "127.0.0.1" : address, code);
  if (code) return errors::InputOutput("Not an IP address to listen on: " + address);
  auto acceptor = std::make_shared<TcpAcceptor>(io, std::move(on_accept), std::move(on_trouble));
  code = acceptor->open(tcp::endpoint(parsed, port));
  if (code) {
    return errors::InputOutput("Cannot listen on " + address + " port " + std::to_string(port) +
                               ": " + code.message());
  }
  return std::shared_ptr<Acceptor>(std::move(acceptor));
}

}  // namespace tidemill::http
