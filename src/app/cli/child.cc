#include "app/cli/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "app/cli/pipeline.h"
#include "app/cli/session.h"

namespace tidemill::cli {
namespace {

constexpr int64_t kPollMs = 5;

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

// Between fork and exec: only what is safe there.
[[noreturn]] void become(const char* program, char* const words[], int log, pid_t parent) {
  ::setpgid(0, 0);  // Ctrl-C is for the parent, which then ends this one
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(1);
  const sigset_t set = stop_signals();
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::execv(program, words);
  ::_exit(127);
}

}  // namespace

Result<std::unique_ptr<ServeChild>> ServeChild::start(const std::string& directory, uint16_t port,
                                                      const std::string& log_path) {
  const int log = ::open(log_path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  if (log < 0) return failed("cannot write " + log_path);
  const std::string program = program_directory() + "/tidemill";
  std::array<std::string, 7> texts = {"tidemill",           "serve",  "--data", directory, "--port",
                                      std::to_string(port), "--quiet"};
  std::array<char*, 8> words{};
  for (size_t i = 0; i < texts.size(); ++i) words[i] = texts[i].data();
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) become(program.c_str(), words.data(), log, parent);
  ::close(log);
  if (pid < 0) return failed("cannot start " + program);
  std::unique_ptr<ServeChild> child(new ServeChild(pid, log_path));
  RETURN_IF_ERROR(child->wait_until_ready());
  return child;
}

Status ServeChild::wait_until_ready() {
  for (const int64_t until = monotonic_ms() + kReadyMs; monotonic_ms() < until;) {
    const bool runs = is_running();
    auto text = file_text(log_path_);
    if (!text) return std::move(text).error();
    if (!runs) return failed("tidemill serve ended: " + *text);
    if (const size_t at = text->find("http://");
        at != std::string::npos && text->find("\nReady.") != std::string::npos) {
      endpoint_url_ = text->substr(at, text->find_first_of(", \n", at) - at);
      return ok();
    }
    pause_ms(kPollMs);
  }
  return failed("tidemill serve was not ready in time, see " + log_path_);
}

bool ServeChild::is_running() {
  const pid_t pid = pid_;
  if (pid <= 0) return false;
  if (::waitpid(pid, nullptr, WNOHANG) == 0) return true;
  pid_ = 0;
  return false;
}

void ServeChild::stop() {
  const pid_t pid = pid_.exchange(0);
  if (pid <= 0) return;
  ::kill(pid, SIGTERM);
  for (const int64_t until = monotonic_ms() + kStopMs; monotonic_ms() < until;) {
    if (::waitpid(pid, nullptr, WNOHANG) != 0) return;
    pause_ms(kPollMs);
  }
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

ServeChild::~ServeChild() { stop(); }

InterruptWatch::InterruptWatch() {
  const sigset_t set = stop_signals();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::thread([this] {
    const sigset_t waited = stop_signals();
    int signal = 0;
    ::sigwait(&waited, &signal);
    ServeChild* child = child_.exchange(nullptr);
    if (child) child->stop();
    ::_exit(code_);
  }).detach();
}

void InterruptWatch::watch(ServeChild& child) { child_ = &child; }

void InterruptWatch::forget() { child_ = nullptr; }

void InterruptWatch::wait_forever() {
  for (;;) ::pause();
}

}  // namespace tidemill::cli
