#include "sys/real/processes.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace tidemill::sys {
namespace {

using Descriptor = boost::asio::posix::stream_descriptor;

constexpr size_t kReadBytes = 64 * 1024;
constexpr int kDescendantsMax = 256;

Error failed(const char* what, const std::string& program, int error) {
  return errors::InputOutput(std::string(what) + " " + program + ": " + std::strerror(error));
}

std::string find_program(const ProcessSpec& spec) {
  const std::string& name = spec.command.front();
  if (name.find('/') != std::string::npos) return name;
  const auto set = spec.environment.find("PATH");
  std::string path = set != spec.environment.end() ? set->second : "/usr/local/bin:/usr/bin:/bin";
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = path.find(':', begin);
    if (end == std::string::npos) end = path.size();
    const std::string candidate = path.substr(begin, end - begin) + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    begin = end + 1;
  }
  return name;
}

// All that the child needs between vfork and exec, prepared by the parent: the child may only make
// system calls.
struct Prepared {
  std::string program;
  std::string directory;
  std::vector<std::string> variables;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  rlimit data{};
  rlimit files{};
  rlimit processes{};
  bool limit_data = false;
  bool limit_processes = false;
  int output = -1;
  int null = -1;
  pid_t parent = 0;
  volatile int error = 0;
};

void prepare(const ProcessSpec& spec, Prepared& prepared) {
  prepared.program = find_program(spec);
  prepared.directory = spec.directory;
  for (const std::string& argument : spec.command) {
    prepared.arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  prepared.arguments.push_back(nullptr);
  for (const auto& [name, value] : spec.environment) {
    prepared.variables.push_back(name + "=" + value);
  }
  for (std::string& variable : prepared.variables) {
    prepared.environment.push_back(variable.data());
  }
  prepared.environment.push_back(nullptr);
  prepared.limit_data = spec.memory_bytes_max > 0;
  prepared.data = {spec.memory_bytes_max, spec.memory_bytes_max};
  prepared.files = {spec.open_files_max, spec.open_files_max};
  prepared.limit_processes = spec.processes_max > 0;
  prepared.processes = {spec.processes_max, spec.processes_max};
  prepared.parent = ::getpid();
}

// Runs in the child, on the parent's memory. True when everything is in place.
bool arrange_child(Prepared& prepared) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != prepared.parent) return false;
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  if (prepared.limit_data && ::setrlimit(RLIMIT_DATA, &prepared.data) != 0) return false;
  if (::setrlimit(RLIMIT_NOFILE, &prepared.files) != 0) return false;
  if (prepared.limit_processes && ::setrlimit(RLIMIT_NPROC, &prepared.processes) != 0) return false;
  if (!prepared.directory.empty() && ::chdir(prepared.directory.c_str()) != 0) return false;
  if (::dup2(prepared.null, 0) < 0 || ::dup2(prepared.output, 1) < 0) return false;
  if (::dup2(prepared.output, 2) < 0) return false;
  return ::syscall(SYS_close_range, 3U, ~0U, 0U) == 0;
}

pid_t start_child(Prepared& prepared) {
  const pid_t pid = ::vfork();
  if (pid != 0) return pid;
  if (arrange_child(prepared)) {
    ::execve(prepared.program.c_str(), prepared.arguments.data(), prepared.environment.data());
  }
  prepared.error = errno == 0 ? ECANCELED : errno;
  ::_exit(127);
}

std::string read_proc(const std::string& path) {
  std::array<char, 4096> buffer;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const ssize_t count = ::read(file, buffer.data(), buffer.size());
  ::close(file);
  return std::string(buffer.data(), count > 0 ? static_cast<size_t>(count) : 0);
}

uint64_t resident_bytes(int pid) {
  const std::string statm = read_proc("/proc/" + std::to_string(pid) + "/statm");
  const size_t space = statm.find(' ');
  if (space == std::string::npos) return 0;
  return std::strtoull(statm.c_str() + space, nullptr, 10) *
         static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::vector<int> children_of(int pid) {
  const std::string text = std::to_string(pid);
  const std::string list = read_proc("/proc/" + text + "/task/" + text + "/children");
  std::vector<int> children;
  const char* at = list.c_str();
  for (char* end = nullptr;; at = end) {
    const long child = std::strtol(at, &end, 10);
    if (end == at) return children;
    children.push_back(static_cast<int>(child));
  }
}

}  // namespace

namespace {

// One child. Shared by its Process and by the reads and waits in flight, which may outlive it.
class Child : public std::enable_shared_from_this<Child> {
 public:
  Child(boost::asio::io_context& context, int pid, int pidfd, int output,
        std::function<void(std::string_view)> on_output)
      : pid_(pid),
        end_(context, pidfd),
        output_(context, output),
        on_output_(std::move(on_output)) {
    output_.non_blocking(true);
  }

  void watch() {
    read_more();
    end_.async_wait(Descriptor::wait_read, [self = shared_from_this()](auto error) {
      if (!error) self->finish();
    });
  }

  void kill(int signal) {
    if (!ended_) ::kill(-pid_, signal);
  }
  void forget_output() { on_output_ = nullptr; }
  int pid() const { return pid_; }

  void deliver_output() {
    std::array<char, kReadBytes> buffer;
    boost::system::error_code error;
    while (output_.is_open()) {
      const size_t count = output_.read_some(boost::asio::buffer(buffer), error);
      if (count > 0 && on_output_) on_output_(std::string_view(buffer.data(), count));
      if (error || count == 0) return;
    }
  }

  uint64_t memory_bytes() const {
    if (ended_) return 0;
    std::vector<int> pids{pid_};
    uint64_t bytes = 0;
    for (size_t i = 0; i < pids.size() && i < kDescendantsMax; ++i) {
      bytes += resident_bytes(pids[i]);
      for (const int child : children_of(pids[i])) pids.push_back(child);
    }
    return bytes;
  }

  struct Ended {
    Child& child;
    bool await_ready() const noexcept { return child.ended_; }
    void await_suspend(std::coroutine_handle<> waiting) noexcept { child.waiter_ = waiting; }
    ProcessEnd await_resume() const noexcept { return child.result_; }
  };

 private:
  void read_more() {
    output_.async_wait(Descriptor::wait_read, [self = shared_from_this()](auto error) {
      if (error || !self->output_.is_open()) return;
      if (self->read_once()) self->read_more();
    });
  }

  // False at the end of the stream.
  bool read_once() {
    std::array<char, kReadBytes> buffer;
    boost::system::error_code error;
    const size_t count = output_.read_some(boost::asio::buffer(buffer), error);
    if (count > 0 && on_output_) on_output_(std::string_view(buffer.data(), count));
    if (error == boost::asio::error::would_block) return true;
    return !error && count > 0;
  }

  // The leader is a zombie here, so its group's number cannot have been given to another yet.
  void finish() {
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    deliver_output();
    ended_ = true;
    result_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    result_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + result_.signal;
    boost::system::error_code ignored;  // closing a pipe and a pidfd loses nothing
    output_.close(ignored);
    end_.close(ignored);
    if (auto waiting = std::exchange(waiter_, nullptr)) waiting.resume();
  }

  int pid_;
  Descriptor end_;
  Descriptor output_;
  std::function<void(std::string_view)> on_output_;
  bool ended_ = false;
  ProcessEnd result_{};
  std::coroutine_handle<> waiter_{};
};

Task<ProcessEnd> wait_for_end(std::shared_ptr<Child> child) {
  Child::Ended ended{*child};
  co_return co_await ended;
}

class RealProcess : public Process {
 public:
  explicit RealProcess(std::shared_ptr<Child> child) : child_(std::move(child)) {}
  ~RealProcess() override {
    child_->forget_output();
    child_->kill(SIGKILL);
  }
  int pid() const override { return child_->pid(); }
  void kill(int signal) override { child_->kill(signal); }
  Task<ProcessEnd> wait() override { return wait_for_end(child_); }
  void deliver_output() override { child_->deliver_output(); }
  uint64_t memory_bytes() const override { return child_->memory_bytes(); }

 private:
  std::shared_ptr<Child> child_;
};

}  // namespace

Result<std::unique_ptr<Process>> RealProcesses::spawn(
    const ProcessSpec& spec, std::function<void(std::string_view)> on_output) {
  CHECK(!spec.command.empty());
  Prepared prepared;
  prepare(spec, prepared);
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) return failed("pipe for", prepared.program, errno);
  prepared.output = pipe[1];
  prepared.null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  errno = 0;
  const pid_t pid = start_child(prepared);
  const int error = pid < 0 ? errno : prepared.error;
  ::close(pipe[1]);
  if (prepared.null >= 0) ::close(prepared.null);
  const int pidfd = pid > 0 ? static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)) : -1;
  if (pid < 0 || error != 0 || pidfd < 0) {
    ::close(pipe[0]);
    if (pid > 0) ::kill(-pid, SIGKILL);
    if (pid > 0) ::waitpid(pid, nullptr, 0);
    if (pidfd >= 0) ::close(pidfd);
    return failed("cannot start", prepared.program, error != 0 ? error : ENOSYS);
  }
  auto child = std::make_shared<Child>(context_, pid, pidfd, pipe[0], std::move(on_output));
  child->watch();
  return std::unique_ptr<Process>(std::make_unique<RealProcess>(std::move(child)));
}

}  // namespace tidemill::sys
