// Child processes (D6). Each is its own process group and dies with Tidemill.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sys/loop.h"
#include "wire/result.h"

namespace tidemill::sys {

struct ProcessSpec {
  std::vector<std::string> command;  // command[0] is a path, or a name to find on PATH
  std::map<std::string, std::string> environment;  // all of it; nothing is inherited
  std::string directory;
  // Bytes of private writable memory (RLIMIT_DATA) of each process; 0: none. The address space is
  // not limited: V8 and Go reserve far more of it than they use. A watch on memory_bytes() belongs
  // to whoever owns the process.
  uint64_t memory_bytes_max = 0;
  uint64_t open_files_max = 1024;
  uint64_t processes_max = 0;  // 0: none
};

struct ProcessEnd {
  int exit_code = 0;  // 128 + signal when a signal ended it
  int signal = 0;
};

class Process {
 public:
  virtual ~Process() = default;  // kills the whole group
  virtual int pid() const = 0;
  virtual void kill(int signal) = 0;  // to the group
  // Resumes once the process has ended and its output was delivered. One waiter.
  virtual Task<ProcessEnd> wait() = 0;
  // Hands to `on_output`, before it returns, all that the processes have written until now.
  virtual void deliver_output() {}
  // Resident bytes of the process and its descendants; 0 when it has ended or nobody knows.
  virtual uint64_t memory_bytes() const { return 0; }
};

class Processes {
 public:
  virtual ~Processes() = default;
  // stdout and stderr are one stream; `on_output` gets it in pieces on the loop thread.
  // InputOutput when the program cannot be started.
  virtual Result<std::unique_ptr<Process>> spawn(
      const ProcessSpec& spec, std::function<void(std::string_view)> on_output) = 0;
};

}  // namespace tidemill::sys
