// The open connections of one listener, and what each of them shares. Loop thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "door/http/limits.h"
#include "door/http/transport.h"
#include "sys/loop.h"
#include "wire/http.h"

namespace tidemill::http {

class Connections;

// One connection. It lives as long as its transport owes it a call or a service works for it.
class Connection : public Receiver, public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(std::shared_ptr<Connections> connections);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Once a second: has a deadline passed?
  virtual void on_tick(int64_t now_seconds) = 0;
  // The listener is closed: leave after the exchange that is going on.
  virtual void finish() = 0;

 protected:
  Connections& connections() { return *connections_; }
  const std::shared_ptr<Connections>& shared_connections() const { return connections_; }

 private:
  std::shared_ptr<Connections> connections_;
  std::list<Connection*>::iterator place_;
};

// Deadlines are coarse: one timer a second for all connections, none while there is no connection.
// They follow the machine's time, ticked by the loop's timers: a manual clock that stands still
// lets nobody time out.
class Connections : public std::enable_shared_from_this<Connections> {
 public:
  Connections(sys::Loop& loop, const Limits& limits, HttpService service);

  const Limits& limits() const { return limits_; }
  HttpService& service() { return service_; }
  int64_t now_seconds() const { return now_seconds_; }
  std::string_view date();  // for the date field
  bool is_closing() const { return closing_; }

  // `transport` has been accepted: it becomes an HTTP/1.1 connection.
  void open(std::unique_ptr<Transport> transport);
  void finish_all();
  // Called when a connection is gone.
  std::function<void()> on_close;
  size_t count() const { return all_.size(); }

 private:
  friend class Connection;
  void tick();
  void ensure_ticking();
  void read_clock();

  sys::Loop& loop_;
  Limits limits_;
  HttpService service_;
  std::list<Connection*> all_;
  int64_t now_seconds_ = 0;
  int64_t date_seconds_ = -1;
  std::string date_;
  bool ticking_ = false;
  bool closing_ = false;
};

}  // namespace tidemill::http
