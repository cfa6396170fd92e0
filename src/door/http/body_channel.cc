#include "door/http/body_channel.h"

#include <utility>

namespace tidemill::http {

// Lives in the reader's frame: a reader that is destroyed while it waits is forgotten.
struct BodyChannel::Wait {
  BodyChannel& channel;
  explicit Wait(BodyChannel& owner) : channel(owner) {}
  Wait(const Wait&) = delete;
  Wait& operator=(const Wait&) = delete;
  ~Wait() { channel.waiter_ = nullptr; }
  bool await_ready() const noexcept { return channel.is_ready(); }
  void await_suspend(std::coroutine_handle<> reader) noexcept { channel.waiter_ = reader; }
  void await_resume() const noexcept {}
};

class ChannelSource : public ByteSource {
 public:
  ChannelSource(std::shared_ptr<BodyChannel> channel, std::optional<uint64_t> length)
      : channel_(std::move(channel)), length_(length) {}

  Task<Result<std::string>> read() override {
    const std::shared_ptr<BodyChannel> channel = channel_;
    if (!channel->is_ready() && channel->feed_ != nullptr) channel->feed_->pull();
    {
      BodyChannel::Wait wait(*channel);
      co_await wait;
    }
    if (channel->held_.empty()) {
      if (channel->error_) co_return *channel->error_;
      co_return std::string();
    }
    std::string bytes = std::exchange(channel->held_, std::string());
    if (channel->feed_ != nullptr) channel->feed_->taken(bytes.size());
    co_return bytes;
  }
  std::optional<uint64_t> length() const override { return length_; }

 private:
  std::shared_ptr<BodyChannel> channel_;
  std::optional<uint64_t> length_;
};

void BodyChannel::wake() {
  if (waiter_) std::exchange(waiter_, nullptr).resume();
}

void BodyChannel::push(std::string bytes) {
  if (held_.empty()) {
    held_ = std::move(bytes);
  } else {
    held_ += bytes;
  }
  wake();
}

void BodyChannel::end() {
  ended_ = true;
  wake();
}

void BodyChannel::fail(Error error) {
  if (!ended_ && !error_) error_ = std::move(error);
  wake();
}

void BodyChannel::detach() {
  feed_ = nullptr;
  fail(errors::InputOutput("The request was not read to its end"));
}

std::unique_ptr<ByteSource> channel_source(std::shared_ptr<BodyChannel> channel,
                                           std::optional<uint64_t> length) {
  return std::make_unique<ChannelSource>(std::move(channel), length);
}

}  // namespace tidemill::http
