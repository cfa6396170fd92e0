// The body of a request between the connection that receives it and the service that pulls it.
// Nothing is read from the network before someone pulls: that is the backpressure.
#pragma once

#include <coroutine>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "wire/http.h"

namespace tidemill::http {

// What brings the bytes: one request of a connection. Loop thread only.
class BodyFeed {
 public:
  // The reader wants bytes: fill the channel now or later.
  virtual void pull() = 0;
  // The reader took `bytes` bytes from the channel.
  virtual void taken(size_t bytes) = 0;

 protected:
  ~BodyFeed() = default;
};

// Owned by both sides; loop thread only. When the feed goes, what the reader has not read is lost
// and reading is an error.
class BodyChannel {
 public:
  explicit BodyChannel(BodyFeed* feed) : feed_(feed) {}
  BodyChannel(const BodyChannel&) = delete;
  BodyChannel& operator=(const BodyChannel&) = delete;

  // The feed's side. Each resumes a waiting reader before it returns.
  void push(std::string bytes);
  void end();
  void fail(Error error);
  bool has_waiting_reader() const { return static_cast<bool>(waiter_); }
  size_t held_bytes() const { return held_.size(); }
  // The exchange is over, or its connection is: pull() is not called again.
  void detach();

 private:
  friend class ChannelSource;
  struct Wait;
  bool is_ready() const { return !held_.empty() || ended_ || error_.has_value(); }
  void wake();

  BodyFeed* feed_;
  std::string held_;
  bool ended_ = false;
  std::optional<Error> error_;
  std::coroutine_handle<> waiter_{};
};

std::unique_ptr<ByteSource> channel_source(std::shared_ptr<BodyChannel> channel,
                                           std::optional<uint64_t> length);

}  // namespace tidemill::http
