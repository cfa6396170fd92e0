// What the tests of the transport share: a server on a thread of its own, under a clock that tests
// move, and a client that sends and receives plain bytes.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "door/http/server.h"

namespace tidemill::http {

class TestClock : public sys::Clock {
 public:
  Timestamp now() const override { return Timestamp{784111777000 + seconds.load() * 1000}; }
  int64_t monotonic_ns() const override { return (1000 + seconds.load()) * 1'000'000'000; }
  std::atomic<int64_t> seconds{0};
};

// Timers fire only by TestServer::pass_seconds.
class TestLoop : public sys::Loop {
 public:
  void post(std::function<void()> work) override { boost::asio::post(io, std::move(work)); }
  void post_blocking(std::function<void()> work) override { post(std::move(work)); }
  TimerId after(int64_t milliseconds, std::function<void()> fire) override {
    const TimerId id = ++last_;
    timers_[id] = {clock_.now().milliseconds + milliseconds, std::move(fire)};
    return id;
  }
  void cancel(TimerId timer) override { timers_.erase(timer); }
  sys::Clock& clock() override { return clock_; }

  void pass_second() {
    ++clock_.seconds;
    const auto due = std::exchange(timers_, {});
    for (const auto& [id, timer] : due) {
      if (timer.at <= clock_.now().milliseconds) {
        timer.fire();
      } else {
        timers_.emplace(id, timer);
      }
    }
  }

  boost::asio::io_context io{1};

 private:
  struct Timer {
    int64_t at;
    std::function<void()> fire;
  };
  TestClock clock_;
  TimerId last_ = 0;
  std::map<TimerId, Timer> timers_;
};

class TestServer {
 public:
  explicit TestServer(HttpService service, const Limits& limits = {})
      : server_(loop.io, loop, limits), thread_([this] { loop.io.run(); }) {
    run([&] {
      auto listening = server_.listen("127.0.0.1", 0, std::move(service));
      CHECK(listening.has_value());
      listener_ = *std::move(listening);
      port_ = listener_->port();
    });
  }
  ~TestServer() {
    run([&] { listener_.reset(); });
    work_.reset();
    loop.io.stop();
    thread_.join();
  }
  // Runs `work` on the loop thread and waits for it.
  template <class F>
  void run(F work) {
    std::promise<void> done;
    boost::asio::post(loop.io, [&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }
  void pass_seconds(int count) {
    for (int i = 0; i < count; ++i) run([&] { loop.pass_second(); });
  }
  uint16_t port() const { return port_; }
  HttpListener& listener() { return *listener_; }

  TestLoop loop;

 private:
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      loop.io.get_executor()};
  Server server_;
  std::unique_ptr<HttpListener> listener_;
  uint16_t port_ = 0;
  std::thread thread_;
};

class TestClient {
 public:
  explicit TestClient(const TestServer& server) : socket_(io_) {
    socket_.connect({boost::asio::ip::make_address("127.0.0.1"), server.port()});
  }
  void send(std::string_view bytes) {
    boost::system::error_code code;
    boost::asio::write(socket_, boost::asio::buffer(bytes), code);
  }
  void end() { socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send); }
  // Reads until `count` bytes are there, or the server ended.
  std::string receive(size_t count) {
    std::string bytes(count, '\0');
    bytes.resize(boost::asio::read(socket_, boost::asio::buffer(bytes), code_));
    return bytes;
  }
  std::string receive_until(std::string_view end) {
    std::string bytes;
    while (!bytes.ends_with(end)) {
      const std::string next = receive(1);
      if (next.empty()) break;
      bytes += next;
    }
    return bytes;
  }
  std::string receive_all() {
    std::string bytes;
    while (true) {
      const std::string next = receive(4096);
      bytes += next;
      if (next.size() < 4096) return bytes;
    }
  }
  bool was_reset() const { return code_ == boost::asio::error::connection_reset; }
  // Has the server sent something, or ended?
  bool has_something() { return socket_.available() > 0; }

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_;
  boost::system::error_code code_;
};

}  // namespace tidemill::http
