// Child processes of the machine (Linux). Each is the leader of its own process group, gets SIGKILL
// when Tidemill dies, inherits no file descriptor but its output pipe and /dev/null, and has the
// limits of its ProcessSpec. An end is noticed through a pidfd, so no signal handler is installed.
//
// Memory: RLIMIT_DATA stops a process that runs away between two looks at memory_bytes(), which
// reads the resident set of the process and its descendants from /proc.
//
// Loop thread only. A Process that is destroyed is killed with its group and reaped later by the
// loop; descriptors are closed at the end of each process.
#pragma once

#include "sys/processes.h"

namespace boost::asio {
class io_context;
}

namespace tidemill::sys {

class RealProcesses : public Processes {
 public:
  // The context of RealLoop; it must outlive this and every Process.
  explicit RealProcesses(boost::asio::io_context& context) : context_(context) {}

  Result<std::unique_ptr<Process>> spawn(const ProcessSpec& spec,
                                         std::function<void(std::string_view)> on_output) override;

 private:
  boost::asio::io_context& context_;
};

}  // namespace tidemill::sys
