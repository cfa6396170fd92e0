#include "door/http/connection.h"

#include <utility>
#include <vector>

#include "door/http/h1_connection.h"
#include "door/http/response_head.h"

namespace tidemill::http {

Connection::Connection(std::shared_ptr<Connections> connections)
    : connections_(std::move(connections)) {
  place_ = connections_->all_.insert(connections_->all_.end(), this);
}

Connection::~Connection() {
  connections_->all_.erase(place_);
  if (connections_->on_close) connections_->on_close();
}

Connections::Connections(sys::Loop& loop, const Limits& limits, HttpService service)
    : loop_(loop), limits_(limits), service_(std::move(service)) {
  read_clock();
}

void Connections::read_clock() { now_seconds_ = loop_.clock().monotonic_ns() / 1'000'000'000; }

std::string_view Connections::date() {
  const int64_t seconds = loop_.clock().now().milliseconds / 1000;
  if (seconds != date_seconds_) {
    date_seconds_ = seconds;
    date_ = http_date(seconds);
  }
  return date_;
}

void Connections::open(std::unique_ptr<Transport> transport) {
  read_clock();
  auto connection = std::make_shared<H1Connection>(shared_from_this(), std::move(transport));
  connection->begin();
  ensure_ticking();
}

void Connections::ensure_ticking() {
  if (ticking_ || all_.empty()) return;
  ticking_ = true;
  loop_.after(1000, [self = shared_from_this()] { self->tick(); });
}

void Connections::tick() {
  ticking_ = false;
  read_clock();
  // A connection that ends takes itself off the list: hold all of them while they look.
  std::vector<std::shared_ptr<Connection>> held;
  held.reserve(all_.size());
  for (Connection* connection : all_) held.push_back(connection->shared_from_this());
  for (const auto& connection : held) connection->on_tick(now_seconds_);
  held.clear();
  ensure_ticking();
}

void Connections::finish_all() {
  closing_ = true;
  std::vector<std::shared_ptr<Connection>> held;
  for (Connection* connection : all_) held.push_back(connection->shared_from_this());
  for (const auto& connection : held) connection->finish();
}

}  // namespace tidemill::http
