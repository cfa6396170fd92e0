#include "door/http/h1_connection.h"

#include <algorithm>
#include <utility>

#include "door/http/h2_connection.h"
#include "door/http/response_head.h"

namespace tidemill::http {
namespace {

constexpr size_t kInputBytes = 16 * 1024;
constexpr size_t kOutputBytesMax = 64 * 1024;      // of pipelined answers before they leave
constexpr size_t kCopiedBodyBytesMax = 16 * 1024;  // a longer body is sent from where it is
constexpr const char* kStalled =
    "Your socket connection to the server was not read from or written to within the timeout "
    "period. Idle connections will be closed.";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

H1Connection::H1Connection(std::shared_ptr<Connections> connections,
                           std::unique_ptr<Transport> transport)
    : Connection(std::move(connections)), transport_(std::move(transport)), input_(kInputBytes) {}

H1Connection::~H1Connection() {
  if (channel_) channel_->detach();
}

void H1Connection::begin() {
  deadline_seconds_ = connections().now_seconds() + connections().limits().head_seconds_max;
  want_read();
}

// ---- reading

void H1Connection::want_read() {
  if (reading_ || state_ == State::kClosed) return;
  input_.make_room();
  read_from_transport(input_.room(), input_.room_bytes());
}

void H1Connection::read_from_transport(char* bytes, size_t size) {
  reading_ = true;
  transport_->read(bytes, size, shared_from_this());
}

void H1Connection::on_read(size_t bytes) {
  reading_ = false;
  if (state_ == State::kClosed) return;
  if (bytes == 0) {
    keep_alive_ = false;
    if (state_ == State::kLingering) return close(false);
    if (state_ == State::kHead || state_ == State::kDraining) return stop_when_sent(), advance();
    return break_body(errors::InputOutput("The client closed the connection within a request"));
  }
  if (state_ == State::kLingering) return drained_bytes_ += bytes, advance();
  if (!direct_.empty()) {
    direct_.resize(bytes);
    body_remaining_ -= bytes;
    if (body_remaining_ == 0) framing_ = Framing::kNone;
    std::string piece = std::exchange(direct_, std::string());
    if (channel_) {
      const std::shared_ptr<BodyChannel> channel = channel_;
      channel->push(std::move(piece));
    } else {
      drained_bytes_ += bytes;
    }
    return advance();
  }
  input_.received(bytes);
  if (channel_ && channel_->has_waiting_reader() && !feed_body()) want_read();
  advance();
}

// ---- one exchange after the other

void H1Connection::advance() {
  if (advancing_) return;
  advancing_ = true;
  const auto self = shared_from_this();  // a step may end the last reference from outside
  while (step()) {
  }
  advancing_ = false;
  flush();
  pump();
}

bool H1Connection::step() {
  switch (state_) {
    case State::kHead:
      return take_head();
    case State::kDraining:
      return drain();
    case State::kLingering:
      if (drained_bytes_ > connections().limits().drain_bytes_max) {
        close(false);
      } else {
        want_read();
      }
      return false;
    default:
      return false;
  }
}

bool H1Connection::take_head() {
  if (connections().is_closing() && !first_request_) {
    stop_when_sent();
    return false;
  }
  if (!out_body_.empty() || out_.size() > kOutputBytesMax) {
    flush();
    if (writing_) return false;
  }
  if (!input_.is_empty() && !head_begun_) {
    head_begun_ = true;
    deadline_seconds_ = connections().now_seconds() + connections().limits().head_seconds_max;
  }
  if (first_request_ && become_h2()) return false;
  switch (scanner_.scan(input_.view(), connections().limits())) {
    case HeadScanner::State::kMore:
      want_read();
      return false;
    case HeadScanner::State::kRefused:
      refuse(scanner_.refusal());
      return false;
    case HeadScanner::State::kComplete:
      break;
  }
  RequestHead head;
  const auto refusal = parse_request_head(input_.view().substr(0, scanner_.head_bytes()),
                                          connections().limits(), head);
  input_.consume(scanner_.head_bytes());
  scanner_.restart();
  first_request_ = false;
  head_begun_ = false;
  if (refusal) {
    refuse(*refusal);
    return false;
  }
  dispatch(std::move(head));
  return true;
}

void H1Connection::dispatch(RequestHead head) {
  state_ = State::kService;
  version_ = head.version;
  keep_alive_ = head.keep_alive && !connections().is_closing();
  is_head_request_ = head.method == "HEAD";
  deadline_seconds_ = 0;
  HttpRequest request;
  request.body = take_body(head);
  request.method = std::move(head.method);
  request.target = std::move(head.target);
  request.authority = std::move(head.authority);
  request.version = head.version;
  request.headers = std::move(head.headers);
  request.remote_address = transport_->remote_address();
  auto self = std::static_pointer_cast<H1Connection>(shared_from_this());
  start(connections().service()(std::move(request)),
        [self = std::move(self)](HttpResponse response) { self->answer(std::move(response)); });
}

std::unique_ptr<ByteSource> H1Connection::take_body(const RequestHead& head) {
  framing_ = head.framing;
  body_remaining_ = head.body_bytes;
  chunked_ = ChunkedDecoder();
  expects_continue_ = head.expects_continue;
  drained_bytes_ = 0;
  if (framing_ == Framing::kNone) return bytes_source(std::string());
  const bool is_here = framing_ == Framing::kLength && body_remaining_ <= input_.view().size();
  if (is_here) return bytes_source(take_body_bytes());
  channel_ = std::make_shared<BodyChannel>(static_cast<BodyFeed*>(this));
  return channel_source(channel_, framing_ == Framing::kLength
                                      ? std::optional<uint64_t>(body_remaining_)
                                      : std::nullopt);
}

void H1Connection::answer(HttpResponse response) {
  if (state_ == State::kClosed) return;
  if (response.headers.get("connection") == "close") keep_alive_ = false;
  // A client that waits for 100 and gets an answer may or may not send its body: nobody can tell.
  if (!body_is_complete() && expects_continue_) keep_alive_ = false;
  append_answer(std::move(response));
  if (answer_stream_) {
    state_ = State::kStreaming;
    pump();
  } else {
    end_exchange();
  }
  advance();
}

void H1Connection::append_answer(HttpResponse response) {
  const BodyPlan plan = plan_body(response, is_head_request_);
  const bool may_chunk = version_ != 10;
  const bool streams = plan.sends_bytes && response.stream;
  if (streams && !plan.length && !may_chunk) keep_alive_ = false;
  const Ending ending = !keep_alive_     ? Ending::kClose
                        : version_ == 10 ? Ending::kKeepAliveSaid
                                         : Ending::kKeepAlive;
  append_response_head(response, plan, may_chunk, ending, connections().date(), out_);
  if (streams) {
    answer_stream_ = std::move(response.stream);
    answer_remaining_ = plan.length;
    answer_chunked_ = !plan.length && may_chunk;
  } else if (plan.sends_bytes && response.body.size() <= kCopiedBodyBytesMax) {
    out_ += response.body;
  } else if (plan.sends_bytes) {
    out_body_ = std::move(response.body);
  }
}

void H1Connection::refuse(const Refusal& refusal) {
  HttpResponse response;
  response.status = refusal.status;
  response.headers.add("content-type", "text/plain");
  response.body = std::string(refusal.reason) + "\n";
  keep_alive_ = false;
  is_head_request_ = false;
  framing_ = Framing::kNone;
  append_answer(std::move(response));
  end_exchange();
}

void H1Connection::end_exchange() {
  if (channel_) {
    channel_->detach();
    channel_.reset();
  }
  if (!keep_alive_) return stop_when_sent();
  state_ = body_is_complete() ? State::kHead : State::kDraining;
  const Limits& limits = connections().limits();
  deadline_seconds_ = connections().now_seconds() +
                      (body_is_complete() ? limits.idle_seconds_max : limits.stall_seconds_max);
}

bool H1Connection::drain() {
  while (!body_is_complete()) {
    const size_t bytes = take_body_bytes().size();
    drained_bytes_ += bytes;
    const bool is_too_much = drained_bytes_ > connections().limits().drain_bytes_max;
    if (chunked_.is_malformed() || is_too_much) {
      stop_when_sent();
      return true;
    }
    if (bytes == 0 && !body_is_complete()) {
      want_read();
      return false;
    }
  }
  state_ = State::kHead;
  deadline_seconds_ = connections().now_seconds() + connections().limits().idle_seconds_max;
  return true;
}

// ---- the request's body

// Decodes what is in the buffer; clears framing_ at the end of the body.
std::string H1Connection::take_body_bytes() {
  std::string bytes;
  if (framing_ == Framing::kChunked) {
    const size_t piece_max = connections().limits().piece_bytes_max;
    input_.consume(chunked_.decode(input_.view(), piece_max, bytes));
    if (chunked_.is_ended()) framing_ = Framing::kNone;
    return bytes;
  }
  const size_t count = std::min<uint64_t>(input_.view().size(), body_remaining_);
  bytes.assign(input_.view().substr(0, count));
  input_.consume(count);
  body_remaining_ -= count;
  if (body_remaining_ == 0) framing_ = Framing::kNone;
  return bytes;
}

// Gives the reader what is there; false when more must be received first.
bool H1Connection::feed_body() {
  const std::shared_ptr<BodyChannel> channel = channel_;
  if (body_is_complete()) return channel->end(), true;
  std::string bytes = take_body_bytes();
  if (chunked_.is_malformed()) {
    keep_alive_ = false;
    channel->fail(errors::SerializationException("Malformed chunked body"));
    return true;
  }
  if (bytes.empty() && !body_is_complete()) return false;
  if (body_is_complete() && bytes.empty()) return channel->end(), true;
  channel->push(std::move(bytes));
  return true;
}

void H1Connection::pull() {
  if (feed_body()) return;
  if (std::exchange(expects_continue_, false)) {
    out_ += kContinue;
    flush();
  }
  deadline_seconds_ = connections().now_seconds() + connections().limits().stall_seconds_max;
  if (reading_ || state_ == State::kClosed) return;
  const bool is_direct = framing_ == Framing::kLength && input_.is_empty();
  if (!is_direct) return want_read();
  const size_t piece_max = connections().limits().piece_bytes_max;
  direct_.resize(std::min<uint64_t>(body_remaining_, piece_max));
  read_from_transport(direct_.data(), direct_.size());
}

void H1Connection::break_body(Error error) {
  direct_.clear();
  if (!channel_) return;
  const std::shared_ptr<BodyChannel> channel = channel_;
  channel->fail(std::move(error));
}

// ---- the answer's stream

void H1Connection::pump() {
  if (pumping_) return;
  pumping_ = true;
  const auto self = std::static_pointer_cast<H1Connection>(shared_from_this());
  while (state_ == State::kStreaming && !writing_ && !pulling_answer_) {
    pulling_answer_ = true;
    start(answer_stream_->read(),
          [self](Result<std::string> piece) { self->take_answer_piece(std::move(piece)); });
    flush();  // the head leaves now when the first bytes are not there yet
  }
  pumping_ = false;
}

void H1Connection::take_answer_piece(Result<std::string> piece) {
  pulling_answer_ = false;
  if (state_ != State::kStreaming) return;
  const bool is_wrong_length =
      piece && answer_remaining_ &&
      (piece->empty() ? *answer_remaining_ != 0 : piece->size() > *answer_remaining_);
  if (!piece || is_wrong_length) return close(true);
  if (answer_remaining_) *answer_remaining_ -= piece->size();
  if (piece->empty()) {
    if (answer_chunked_) out_ += "0\r\n\r\n";
    answer_stream_.reset();
    end_exchange();
    return advance();
  }
  if (answer_chunked_) {
    append_chunk_size(piece->size(), out_);
    out_suffix_ = "\r\n";
  }
  out_body_ = *std::move(piece);
  if (pumping_) return;
  flush();
  pump();
}

// ---- writing

void H1Connection::flush() {
  if (writing_ || state_ == State::kClosed) return;
  if (!out_.empty() || !out_body_.empty()) {
    std::swap(out_, sending_);
    std::swap(out_body_, sending_body_);
    const Transport::Gather bytes{sending_, sending_body_, std::exchange(out_suffix_, {})};
    switch (transport_->write(bytes, shared_from_this())) {
      case Written::kBroken:
        return close(false);
      case Written::kLater:
        writing_ = true;
        deadline_seconds_ = connections().now_seconds() + connections().limits().stall_seconds_max;
        return;
      case Written::kAll:
        break;
    }
    sending_.clear();
    sending_body_.clear();
  }
  written();
}

void H1Connection::on_written(bool complete) {
  writing_ = false;
  if (state_ == State::kClosed) return;
  if (!complete) return close(false);
  sending_.clear();
  sending_body_.clear();
  if (state_ == State::kService) deadline_seconds_ = 0;
  if (state_ == State::kHead && !head_begun_)
    deadline_seconds_ = connections().now_seconds() + connections().limits().idle_seconds_max;
  advance();
}

// All that there was is sent.
void H1Connection::written() {
  if (state_ != State::kFlushing) return;
  state_ = State::kLingering;
  drained_bytes_ = input_.view().size();
  deadline_seconds_ = connections().now_seconds() + connections().limits().linger_seconds_max;
  transport_->shutdown_send();
  input_.consume(input_.view().size());
  want_read();
}

// ---- ending

void H1Connection::stop_when_sent() {
  state_ = State::kFlushing;
  deadline_seconds_ = connections().now_seconds() + connections().limits().stall_seconds_max;
}

void H1Connection::close(bool reset) {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  const auto self = shared_from_this();
  transport_->close(reset);
  answer_stream_.reset();
  if (channel_) std::exchange(channel_, nullptr)->detach();
}

void H1Connection::on_tick(int64_t now_seconds) {
  if (state_ == State::kClosed || deadline_seconds_ == 0 || now_seconds < deadline_seconds_) return;
  if (writing_) return close(false);
  switch (state_) {
    case State::kService:
    case State::kStreaming:
      deadline_seconds_ = 0;  // the service is slow, not the client, unless a body is awaited
      if (!channel_ || !channel_->has_waiting_reader()) return;
      keep_alive_ = false;
      return break_body(errors::RequestTimeout(kStalled));
    case State::kHead:
      if (!head_begun_) return close(false);
      refuse(Refusal{408, "The request header did not arrive in time"});
      return advance();
    default:
      close(false);
  }
}

void H1Connection::finish() {
  keep_alive_ = false;
  if (state_ != State::kHead || head_begun_) return;
  stop_when_sent();
  advance();
}

// The preface decides; a part of it waits for the rest.
bool H1Connection::become_h2() {
  const std::string_view begun = input_.view();
  const size_t common = std::min(begun.size(), kH2Preface.size());
  if (begun.empty() || kH2Preface.substr(0, common) != begun.substr(0, common)) return false;
  if (begun.size() < kH2Preface.size()) {
    want_read();
    return true;
  }
  state_ = State::kClosed;
  auto h2 = std::make_shared<H2Connection>(shared_connections(), std::move(transport_));
  h2->begin(begun);
  return true;
}

}  // namespace tidemill::http
