// Hop 2: one worker for each running pipe. It reads records of the source from its position, makes
// of them what the target gets, and commits the target's records and its position in one command.
// A Lambda function is invoked before the position is committed: at least once, as on AWS.
//
// Errors of the target are retried with growing pauses, as often as the pipe says (for ever by
// default); then the batch is given up, as AWS does without a dead-letter queue.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "flow/hop_state.h"
#include "flow/pipes/transform.h"
#include "services/call/environment.h"

namespace tidemill::flow {

// Starts a worker for every running pipe, and for those to come. Lives as long as the process.
class Pipes {
 public:
  explicit Pipes(Environment& environment) : environment_(environment) {}
  void start();

 private:
  Task<void> run();
  Environment& environment_;
  std::map<std::string, int64_t> versions_;  // of the worker last started, by pipe ARN
};

class PipeWorker {
 public:
  PipeWorker(Environment& environment, std::shared_ptr<const CompiledPipe> pipe);
  ~PipeWorker();

  // Ends when the pipe was stopped, changed or deleted.
  Task<void> run();

  static constexpr size_t kRecordsMax = 512;    // of one commit
  static constexpr size_t kBytesMax = 4 << 20;  // of one commit, as read
  static constexpr int64_t kRetryMsMin = 100;
  static constexpr int64_t kRetryMsMax = 5000;

 private:
  struct Read {
    pipes::SourceShard shard;
    std::vector<log::Record> records;
    uint64_t next = 0;  // the position after them
  };
  // What one commit does.
  struct Plan {
    std::vector<targets::Delivery> deliveries;
    std::vector<std::pair<std::string, uint64_t>> positions;
  };

  bool is_current(const kv::View& view) const;
  std::vector<Read> read(const kv::View& view, const pipes::OpenSource& source);
  bool can_read(const kv::View& view, const pipes::OpenSource& source,
                const pipes::SourceShard& shard) const;
  uint64_t position_of(const kv::View& view, const pipes::SourceShard& shard) const;
  // Milliseconds until the batching window of these records closes; 0 when they are due.
  int64_t window_left(const std::vector<Read>& reads) const;
  static Result<Plan> plan(const CompiledPipe& pipe, const pipes::OpenSource& source,
                           const std::vector<Read>& reads, Timestamp now);
  Task<Status> act(Plan& plan);
  Task<Status> invoke_function(Plan& plan);
  Task<Status> commit(Plan plan);
  Task<void> pause(Error error, std::vector<Read> reads);
  void count(size_t taken, size_t made);  // after a commit
  size_t batch_max() const;

  Environment& environment_;
  std::shared_ptr<const CompiledPipe> pipe_;
  HopState& state_;
  int64_t attempts_ = 0;
  size_t retry_batch_max_ = 0;  // after a failure: how many records the next try takes
};

}  // namespace tidemill::flow
