#include "app/cli/serve.h"

#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "app/server/server.h"

namespace tidemill::cli {
namespace {

// Signals are taken by a thread of their own: SIGINT and SIGTERM stop the server, a second one
// ends the process at once (what was acknowledged is on disk).
class StopOnSignal {
 public:
  explicit StopOnSignal(Server& server) : thread_([this, &server] { watch(server); }) {}
  ~StopOnSignal() {
    ::pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }
  // Before any thread starts: every thread inherits it.
  static sigset_t block() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return set;
  }

 private:
  void watch(Server& server) {
    const sigset_t set = block();
    int signal = 0;
    ::sigwait(&set, &signal);
    server.stop();
  }
  std::thread thread_;
};

bool is_loopback(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

int serve(const ServerOptions& options) {
  StopOnSignal::block();
  auto server = Server::start(options);
  if (!server) {
    std::fprintf(stderr, "tidemill: %s\n", server.error().message.c_str());
    return 1;
  }
  std::printf("Tidemill on http://%s:%u, data in %s\nReady.\n", options.address.c_str(),
              static_cast<unsigned>((*server)->port()),
              options.in_memory ? "memory (nothing is kept)" : options.directory.c_str());
  std::fflush(stdout);
  const StopOnSignal watcher(**server);
  (*server)->run();
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, int& code) {
  auto options = std::make_shared<ServerOptions>();
  auto clock = std::make_shared<std::string>("real");
  CLI::App* command = app.add_subcommand("serve", "Runs Tidemill until Ctrl-C");
  command->add_option("--data", options->directory, "Directory that holds everything")
      ->capture_default_str();
  command->add_option("--port", options->port, "Port; 0 takes a free one")->capture_default_str();
  command->add_option("--address", options->address, "Address to listen on")->capture_default_str();
  command->add_option("--clock", *clock, "real, or manual: POST /_tidemill/clock moves it")
      ->check(CLI::IsMember({"real", "manual"}))
      ->capture_default_str();
  command->add_option("--auth-keys", options->keys_file,
                      "File like ~/.aws/credentials: verify every signature with its keys");
  command->add_flag("--in-memory", options->in_memory,
                    "Keep nothing: for tests. What is acknowledged is lost with the process");
  command->add_flag("--quiet", options->quiet, "No line per request");
  command->callback([options, clock, &code] {
    if (options->keys_file.empty() && !is_loopback(options->address)) {
      std::fprintf(stderr,
                   "tidemill: %s can be reached by others: give --auth-keys FILE, or listen on "
                   "127.0.0.1\n",
                   options->address.c_str());
      code = 2;
      return;
    }
    options->manual_clock = *clock == "manual";
    code = serve(*options);
  });
}

}  // namespace tidemill::cli
