#include "sys/real/processes.h"

#include <dirent.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <boost/asio/io_context.hpp>

namespace tidemill::sys {
namespace {

struct Ran {
  std::string output;
  ProcessEnd end;
  bool started = false;
};

ProcessSpec shell(const std::string& script) {
  ProcessSpec spec;
  spec.command = {"/bin/sh", "-c", script};
  spec.environment = {{"PATH", "/usr/bin:/bin"}, {"GREETING", "hello"}};
  spec.directory = "/";
  return spec;
}

Ran run(const ProcessSpec& spec) {
  boost::asio::io_context context;
  RealProcesses processes(context);
  Ran result;
  auto process =
      processes.spawn(spec, [&result](std::string_view bytes) { result.output += bytes; });
  if (!process) return result;
  result.started = true;
  start((*process)->wait(), [&result](ProcessEnd end) { result.end = end; });
  context.run();
  return result;
}

int open_descriptors() {
  int count = 0;
  DIR* directory = opendir("/proc/self/fd");
  while (readdir(directory) != nullptr) ++count;
  closedir(directory);
  return count;
}

TEST(Processes, DeliverBothOutputsAndTheExitCode) {
  const Ran result = run(shell("echo $GREETING; echo wrong >&2; exit 7"));
  EXPECT_EQ(result.output, "hello\nwrong\n");
  EXPECT_EQ(result.end.exit_code, 7);
  EXPECT_EQ(result.end.signal, 0);
}

TEST(Processes, TellTheSignalThatEndedThem) {
  const Ran result = run(shell("kill -TERM $$"));
  EXPECT_EQ(result.end.signal, SIGTERM);
  EXPECT_EQ(result.end.exit_code, 128 + SIGTERM);
}

TEST(Processes, RefuseAProgramThatIsNotThere) {
  boost::asio::io_context context;
  RealProcesses processes(context);
  ProcessSpec spec;
  spec.command = {"/no/such/program"};
  const int before = open_descriptors();
  const auto process = processes.spawn(spec, [](std::string_view) {});
  ASSERT_FALSE(process);
  EXPECT_EQ(process.error().kind, ErrorKind::InputOutput);
  EXPECT_EQ(open_descriptors(), before);
}

TEST(Processes, InheritNoDescriptorAndNoEnvironment) {
  const Ran result = run(shell("ls /proc/self/fd | wc -l; env | wc -l"));
  // 0, 1, 2 and the directory that ls reads; PATH, GREETING, PWD and what sh adds.
  EXPECT_EQ(result.output.substr(0, 1), "4");
}

TEST(Processes, KillTheGroupWithTheLeader) {
  const Ran result = run(shell("sleep 1000 & echo started; exit 0"));
  EXPECT_EQ(result.output, "started\n");  // run() returned: nobody holds the pipe any more
}

TEST(Processes, LeaveNoDescriptorAndNoZombieWhenDestroyed) {
  boost::asio::io_context context;
  RealProcesses processes(context);
  {
    auto first = processes.spawn(shell("exit 0"), [](std::string_view) {});
  }
  context.run();  // the context has its own descriptors from here on
  context.restart();
  const int before = open_descriptors();
  int pid = 0;
  {
    auto process = processes.spawn(shell("sleep 1000"), [](std::string_view) {});
    ASSERT_TRUE(process);
    pid = (*process)->pid();
    EXPECT_GT((*process)->memory_bytes(), 0U);
  }
  context.run();
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_EQ(::kill(pid, 0), -1);
}

TEST(Processes, LimitTheMemoryTheyWrite) {
  ProcessSpec spec = shell("x=$(head -c 200000000 /dev/zero | tr '\\0' x); echo ${#x}");
  spec.memory_bytes_max = 64 << 20;
  EXPECT_NE(run(spec).end.exit_code, 0);
}

}  // namespace
}  // namespace tidemill::sys
