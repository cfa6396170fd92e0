// `tidemill serve`: runs until Ctrl-C or SIGTERM.
#pragma once

namespace CLI {
class App;
}

namespace tidemill::cli {

// `code` becomes the exit code when the command runs.
void add_serve(CLI::App& app, int& code);

}  // namespace tidemill::cli
