// Tidemill running: every part built, connected and started (D1). Nothing includes app.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "wire/result.h"

namespace tidemill {

struct ServerOptions {
  std::string directory = "tidemill-data";  // --data
  std::string address = "127.0.0.1";
  uint16_t port = 4566;       // 0: a free one
  bool in_memory = false;     // tests: nothing survives the process
  bool manual_clock = false;  // time moves only by POST /_tidemill/clock
  std::string keys_file;      // --auth sigv4: the keys that may sign; empty: any key is taken
  bool quiet = false;         // no line per request
};

class Server {
 public:
  // Builds everything and listens. InputOutput says what is in the way: the directory is in use,
  // the port is taken, DuckDB's library is another version.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options);
  ~Server();

  uint16_t port() const;
  // Runs until `stop`; the thread that calls it is the loop thread.
  void run();
  void stop();  // from any thread or a signal handler's thread

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tidemill
