// An HTTP/1.1 connection: one exchange at a time, in the order the requests came; what is pipelined
// waits in the buffer, and its answers leave together. Becomes an HTTP/2 connection when its first
// bytes are the HTTP/2 preface. Per request: one read, one write, no timer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "door/http/body_channel.h"
#include "door/http/chunked.h"
#include "door/http/connection.h"
#include "door/http/input_buffer.h"
#include "door/http/request_head.h"

namespace tidemill::http {

class H1Connection : public Connection, private BodyFeed {
 public:
  H1Connection(std::shared_ptr<Connections> connections, std::unique_ptr<Transport> transport);
  ~H1Connection() override;
  void begin();

  void on_read(size_t bytes) override;
  void on_written(bool complete) override;
  void on_tick(int64_t now_seconds) override;
  void finish() override;

 private:
  enum class State : uint8_t {
    kHead,       // a request's head is coming, or nothing
    kService,    // the service works
    kStreaming,  // its answer is being pulled and sent
    kDraining,   // the answer is out, its request's body is not all in
    kFlushing,   // the last answer is on its way
    kLingering,  // all is sent; the client closes first
    kClosed,
  };

  void pull() override;
  void taken(size_t) override {}

  // Steps of an exchange; each answers whether the next step can be taken at once.
  void advance();
  bool step();
  bool take_head();
  bool drain();
  void dispatch(RequestHead head);
  std::unique_ptr<ByteSource> take_body(const RequestHead& head);
  void answer(HttpResponse response);
  void append_answer(HttpResponse response);
  void refuse(const Refusal& refusal);
  void pump();
  void take_answer_piece(Result<std::string> piece);
  void end_exchange();

  // The request's body.
  bool body_is_complete() const { return framing_ == Framing::kNone; }
  std::string take_body_bytes();
  bool feed_body();
  void break_body(Error error);

  void want_read();
  void read_from_transport(char* bytes, size_t size);
  void flush();
  void written();
  void stop_when_sent();
  void close(bool reset);
  bool become_h2();

  std::unique_ptr<Transport> transport_;
  State state_ = State::kHead;
  InputBuffer input_;
  HeadScanner scanner_;
  int64_t deadline_seconds_ = 0;
  bool first_request_ = true;
  bool head_begun_ = false;
  bool reading_ = false;
  bool advancing_ = false;
  bool pumping_ = false;
  bool pulling_answer_ = false;

  // The exchange going on.
  Framing framing_ = Framing::kNone;
  uint64_t body_remaining_ = 0;
  ChunkedDecoder chunked_;
  std::shared_ptr<BodyChannel> channel_;
  std::string direct_;  // body bytes are received straight into it
  bool expects_continue_ = false;
  bool keep_alive_ = true;
  bool is_head_request_ = false;
  int version_ = 11;
  size_t drained_bytes_ = 0;
  std::unique_ptr<ByteSource> answer_stream_;
  std::optional<uint64_t> answer_remaining_;
  bool answer_chunked_ = false;

  // What is to be sent, and what is being sent.
  std::string out_;
  std::string out_body_;
  std::string_view out_suffix_;
  std::string sending_;
  std::string sending_body_;
  bool writing_ = false;
};

}  // namespace tidemill::http
