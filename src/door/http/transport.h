// A connected stream of bytes under a connection: TCP today; TLS fits here. Loop thread only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "wire/result.h"

namespace boost::asio {
class io_context;
}

namespace tidemill::http {

// Who is told. Kept alive by the transport while it owes a call.
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual void on_read(size_t bytes) = 0;  // 0: the other side ended or broke
  virtual void on_written(bool complete) = 0;
};

enum class Written : uint8_t { kAll, kLater, kBroken };

class Transport {
 public:
  using Gather = std::array<std::string_view, 3>;

  virtual ~Transport() = default;  // closes
  // One at a time. Fills up to `size` bytes at `bytes`, which stays until on_read.
  virtual void read(char* bytes, size_t size, std::shared_ptr<Receiver> receiver) = 0;
  // One at a time. kAll when the kernel took everything at once; kLater: on_written will come and
  // the bytes must stay until then.
  virtual Written write(const Gather& bytes, std::shared_ptr<Receiver> receiver) = 0;
  virtual void shutdown_send() = 0;
  // Ends outstanding reads and writes as broken. `reset` tells the other side that what it has is
  // not all (TCP RST).
  virtual void close(bool reset) = 0;
  virtual bool is_open() const = 0;
  virtual const std::string& remote_address() const = 0;
};

// A listening socket. Destroying it stops accepting.
class Acceptor {
 public:
  virtual ~Acceptor() = default;
  virtual uint16_t port() const = 0;
  virtual void close() = 0;
  // Accepts until closed or paused.
  virtual void resume() = 0;
  virtual void pause() = 0;
};

// InputOutput when the address cannot be bound. `on_accept` is called with each connection;
// `on_trouble` when the machine has no descriptor left: accepting is paused then.
Result<std::shared_ptr<Acceptor>> listen_tcp(
    boost::asio::io_context& io, const std::string& address, uint16_t port,
    std::function<void(std::unique_ptr<Transport>)> on_accept, std::function<void()> on_trouble);

}  // namespace tidemill::http
