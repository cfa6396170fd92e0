#include "services/lambda/runtimes.h"

#include <array>
#include <vector>

namespace tidemill::lambda {
namespace {

// Memory that one process may write beyond MemorySize before the kernel stops it: interpreters map
// stacks and arenas they never touch. The exact limit is kept by the watch on resident memory.
constexpr uint64_t kMemorySlackBytes = 1ULL << 30;
constexpr int32_t kMemoryDefaultMb = 128;
// Stops a fork bomb. The kernel counts all threads of the user, so AWS's 1,024 would be too few.
constexpr uint64_t kProcessesMax = 16384;

constexpr std::array kPlaces = {"/usr/local/bin/", "/usr/bin/", "/bin/"};

std::optional<std::string> find_interpreter(sys::Files& files,
                                            const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    for (const char* place : kPlaces) {
      if (files.exists(place + name)) return place + name;
    }
  }
  return std::nullopt;
}

Error refused(const std::string& runtime, const std::string& why) {
  return errors::InvalidParameterValueException("Value " + runtime +
                                                " at 'runtime' is not supported: " + why);
}

bool has_prefix(const std::string& text, std::string_view prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

std::vector<std::string> sandbox_command(const ProcessPlace& place) {
  std::vector<std::string> command = {
      "bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--dev", "/dev", "--proc",
      "/proc", "--ro-bind",         "/usr",          "/usr"};
  for (const char* shared : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt"}) {
    command.insert(command.end(), {"--ro-bind-try", shared, shared});
  }
  command.insert(command.end(), {"--ro-bind", place.code, "/var/task"});
  command.insert(command.end(), {"--ro-bind", place.bootstraps, "/var/runtime"});
  command.insert(command.end(), {"--bind", place.tmp, "/tmp", "--chdir", "/var/task", "--"});
  return command;
}

}  // namespace

Result<Runtime> find_runtime(sys::Files& files, const std::string& name) {
  if (name == "provided.al2023" || name == "provided.al2" || name == "provided") {
    return Runtime{RuntimeKind::kProvided, {}};
  }
  if (has_prefix(name, "python3.")) {
    auto found = find_interpreter(files, {name, "python3"});
    if (!found) return refused(name, "there is no python3 on this machine.");
    return Runtime{RuntimeKind::kPython, *std::move(found)};
  }
  if (has_prefix(name, "nodejs")) {
    auto found = find_interpreter(files, {"node", "nodejs"});
    if (!found) return refused(name, "there is no node on this machine.");
    return Runtime{RuntimeKind::kNode, *std::move(found)};
  }
  return refused(name, "Tidemill runs provided.al2023, provided.al2, python3.x and nodejs*.");
}

std::map<std::string, std::string> process_environment(const FunctionConfiguration& function,
                                                       const ProcessPlace& place,
                                                       const ProcessNames& names) {
  std::map<std::string, std::string> variables;
  const std::string task = place.sandboxed ? "/var/task" : place.code;
  const std::string runtime = place.sandboxed ? "/var/runtime" : place.bootstraps;
  // What the function's own configuration may override comes first.
  variables = {{"PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin"},
               {"LANG", "en_US.UTF-8"},
               {"PYTHONIOENCODING", "utf-8"},
               {"TZ", ":UTC"},
               {"HOME", "/tmp"},
               {"LD_LIBRARY_PATH", task + ":" + task + "/lib"},
               {"NODE_PATH",
                "/usr/local/lib/node_modules:/usr/lib/node_modules:"
                "/usr/share/nodejs"},
               {"AWS_ENDPOINT_URL", names.endpoint_url},
               {"AWS_ACCESS_KEY_ID", names.account},
               {"AWS_SECRET_ACCESS_KEY", "tidemill"}};
  if (function.Environment && function.Environment->Variables) {
    for (const auto& [name, value] : *function.Environment->Variables) variables[name] = value;
  }
  if (!place.sandboxed) variables["TMPDIR"] = place.tmp;
  variables["_HANDLER"] = function.Handler.value_or("");
  variables["AWS_REGION"] = names.region;
  variables["AWS_DEFAULT_REGION"] = names.region;
  variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + function.Runtime.value_or("");
  variables["AWS_LAMBDA_FUNCTION_NAME"] = function.FunctionName.value_or("");
  variables["AWS_LAMBDA_FUNCTION_VERSION"] = function.Version.value_or("");
  variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] =
      std::to_string(function.MemorySize.value_or(kMemoryDefaultMb));
  variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
  variables["AWS_LAMBDA_LOG_GROUP_NAME"] = names.log_group;
  variables["AWS_LAMBDA_LOG_STREAM_NAME"] = names.log_stream;
  variables["AWS_LAMBDA_RUNTIME_API"] = names.runtime_api;
  variables["LAMBDA_TASK_ROOT"] = task;
  variables["LAMBDA_RUNTIME_DIR"] = runtime;
  return variables;
}

sys::ProcessSpec process_spec(const FunctionConfiguration& function, const Runtime& runtime,
                              const ProcessPlace& place, const ProcessNames& names) {
  sys::ProcessSpec spec;
  const std::string task = place.sandboxed ? "/var/task" : place.code;
  const std::string bootstraps = place.sandboxed ? "/var/runtime" : place.bootstraps;
  if (place.sandboxed) spec.command = sandbox_command(place);
  switch (runtime.kind) {
    case RuntimeKind::kProvided:
      spec.command.push_back(task + "/bootstrap");
      break;
    case RuntimeKind::kPython:
      spec.command.insert(spec.command.end(), {runtime.interpreter, bootstraps + "/bootstrap.py"});
      break;
    case RuntimeKind::kNode:
      spec.command.insert(spec.command.end(), {runtime.interpreter, bootstraps + "/bootstrap.mjs"});
      break;
  }
  spec.environment = process_environment(function, place, names);
  spec.directory = place.code;
  const uint64_t megabytes = static_cast<uint64_t>(function.MemorySize.value_or(kMemoryDefaultMb));
  spec.memory_bytes_max = (megabytes << 20) + kMemorySlackBytes;
  spec.processes_max = kProcessesMax;
  return spec;
}

sys::ProcessSpec sandbox_probe() {
  ProcessPlace place{"/usr", "/usr", "/tmp", true};
  sys::ProcessSpec spec;
  spec.command = sandbox_command(place);
  spec.command.push_back("/bin/true");
  spec.environment = {{"PATH", "/usr/local/bin:/usr/bin:/bin"}};
  spec.directory = "/";
  return spec;
}

}  // namespace tidemill::lambda
