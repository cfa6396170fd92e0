// The runtimes of this machine (DESIGN D6): how a process of each is started.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
#pragma once

#include <map>
#include <optional>
#include <string>

#include "shapes/lambda/FunctionConfiguration.h"
#include "sys/files.h"
#include "sys/processes.h"
#include "wire/result.h"

namespace tidemill::lambda {

enum class RuntimeKind { kProvided, kPython, kNode };

struct Runtime {
  RuntimeKind kind;
  std::string interpreter;  // empty: the function's own `bootstrap`
};

// InvalidParameterValueException for a runtime that AWS does not have, that Tidemill does not run,
// or whose interpreter is not on this machine; the message says which.
Result<Runtime> find_runtime(sys::Files& files, const std::string& name);

// Where things stand for one process.
struct ProcessPlace {
  std::string code;        // folder with the unpacked code
  std::string bootstraps;  // folder with bootstrap.py and bootstrap.mjs
  std::string tmp;         // becomes /tmp
  bool sandboxed = false;  // inside bubblewrap
};
struct ProcessNames {
  std::string account;
  std::string region;
  std::string runtime_api;  // 127.0.0.1:port
  std::string log_group;
  std::string log_stream;
  std::string endpoint_url;  // Tidemill's
};

std::map<std::string, std::string> process_environment(const FunctionConfiguration& function,
                                                       const ProcessPlace& place,
                                                       const ProcessNames& names);
sys::ProcessSpec process_spec(const FunctionConfiguration& function, const Runtime& runtime,
                              const ProcessPlace& place, const ProcessNames& names);

// A command that succeeds when bubblewrap can make the sandbox on this machine.
sys::ProcessSpec sandbox_probe();

}  // namespace tidemill::lambda
