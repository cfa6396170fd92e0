#include "app/cli/commands.h"

#include <CLI/CLI.hpp>

#include "app/cli/command_list.h"
#include "app/cli/serve.h"

namespace tidemill::cli {

int run(int count, char** words) {
  CLI::App app("Tidemill runs the AWS event-driven pipeline on this machine.", "tidemill");
  app.require_subcommand(1);
  int code = 0;
  add_serve(app, code);
  add_demo(app, code);
  add_deploy(app, code);
  add_generate(app, code);
  add_trace(app, code);
  add_query(app, code);
  add_status(app, code);
  add_clock(app, code);
  app.add_subcommand("version", "Prints the version")->callback([] {
    std::puts("tidemill 0.1.0");
  });
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? 0 : 2;
  }
  return code;
}

}  // namespace tidemill::cli
