// The commands of `tidemill`, one file each. `code` becomes the exit code when the command runs.
#pragma once

namespace CLI {
class App;
}

namespace tidemill::cli {

void add_clock(CLI::App& app, int& code);
void add_demo(CLI::App& app, int& code);
void add_deploy(CLI::App& app, int& code);
void add_generate(CLI::App& app, int& code);
void add_query(CLI::App& app, int& code);
void add_status(CLI::App& app, int& code);
void add_trace(CLI::App& app, int& code);

}  // namespace tidemill::cli
