#include "app/server/server.h"

#include <fmt/format.h>

#include <cstdio>

#include "app/server/authentication.h"
#include "app/server/operation_table.h"
#include "app/server/pages.h"
#include "app/server/wiring.h"
#include "door/http/server.h"
#include "sys/real/files.h"
#include "sys/real/loop.h"
#include "sys/real/processes.h"
#include "sys/real/random.h"

namespace tidemill {
namespace {

// One line per request: "dynamodb.PutItem 200 0.4ms".
void print_line(const protocols::Served& served) {
  std::string line = fmt::format("{}.{} {} {:.1f}ms", served.service.empty() ? "-" : served.service,
                                 served.operation.empty() ? "-" : served.operation, served.status,
                                 static_cast<double>(served.nanoseconds) / 1e6);
  if (served.error) {
    line += fmt::format(" {}: {}", served.error->name(), served.error->message);
    if (!served.error->cause.empty()) line += " (" + served.error->cause + ")";
  }
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stdout);
}

}  // namespace

// In the order they are built; they go in the opposite one.
struct Server::Parts {
  explicit Parts(const ServerOptions& given)
      : options(given),
        manual_clock(sys::RealClock().now()),
        loop(given.manual_clock ? &manual_clock : nullptr),
        processes(loop.io_context()),
        http(loop.io_context(), loop) {}

  ServerOptions options;
  sys::ManualClock manual_clock;
  sys::RealLoop loop;
  sys::RealRandom random;
  sys::RealFiles files;
  sys::RealProcesses processes;
  http::Server http;
  OperationTable operations;
  RequestCounts requests;
  flow::HopStates hops;
  std::unique_ptr<kv::Store> store;
  std::unique_ptr<Environment> environment;
  std::unique_ptr<Wiring> wiring;
  std::unique_ptr<protocols::Dispatcher> dispatcher;
  std::unique_ptr<HttpListener> listener;

  Status open_store();
  Status listen();
};

Status Server::Parts::open_store() {
  kv::Options store_options;
  store_options.directory = options.directory + "/store";
  store_options.in_memory = options.in_memory;
  auto opened = kv::Store::open(store_options, loop, files);
  if (!opened) return std::move(opened).error();
  store = *std::move(opened);
  return ok();
}

Status Server::Parts::listen() {
  auto observe = [this](const protocols::Served& served) {
    requests.add(served);
    if (!options.quiet) print_line(served);
  };
  auto authenticate =
      authentication({!options.keys_file.empty(), options.keys_file}, files, loop.clock());
  if (!authenticate) return std::move(authenticate).error();
  dispatcher = std::make_unique<protocols::Dispatcher>(operations, loop.clock(), random,
                                                       *std::move(authenticate), observe);
  add_pages(*dispatcher, PageSources{*environment, hops, requests, loop, options.manual_clock});
  auto listening = http.listen(options.address, options.port, [this](HttpRequest request) {
    return dispatcher->serve(std::move(request));
  });
  if (!listening) return std::move(listening).error();
  listener = *std::move(listening);
  environment->endpoint_url = fmt::format("http://{}:{}", options.address, listener->port());
  return ok();
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options) {
  auto parts = std::make_unique<Parts>(options);
  RETURN_IF_ERROR(parts->files.make_directories(options.directory));
  RETURN_IF_ERROR(parts->open_store());
  parts->environment = std::make_unique<Environment>(
      Environment{parts->loop, parts->loop.clock(), parts->random, parts->files, parts->processes,
                  *parts->store, parts->operations, parts->http, options.directory, ""});
  parts->environment->add_part(parts->hops);
  auto wiring = Wiring::make(*parts->environment);
  if (!wiring) return std::move(wiring).error();
  parts->wiring = *std::move(wiring);
  parts->operations.fill(*parts->environment);
  RETURN_IF_ERROR(parts->listen());
  parts->wiring->start();
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

uint16_t Server::port() const { return parts_->listener->port(); }
void Server::run() { parts_->loop.run(); }
void Server::stop() { parts_->loop.stop(); }

}  // namespace tidemill
