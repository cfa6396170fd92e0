#include "door/http/h2_connection.h"

#include <fmt/format.h>
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "door/http/body_channel.h"
#include "door/http/response_head.h"
#include "wire/check.h"

namespace tidemill::http {
namespace {

constexpr size_t kInputBytes = 64 * 1024;
constexpr size_t kOutputBytes = 64 * 1024;  // gathered before they are written
// The connection's window does not limit its streams: each stream has its own.
constexpr int32_t kConnectionWindowBytes = 0x7FFFFFFF;
constexpr size_t kServicesPerStream = 2;    // resets do not stop services: bound what still runs
constexpr size_t kFieldOverheadBytes = 32;  // RFC 9113 6.5.2

nghttp2_nv field(std::string_view name, std::string_view value) {
  auto bytes = [](std::string_view text) {
    return reinterpret_cast<uint8_t*>(const_cast<char*>(text.data()));
  };
  return nghttp2_nv{bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

}  // namespace

// One request and its answer. Alive while nghttp2 knows it or its service works.
struct H2Connection::Stream : public BodyFeed, public std::enable_shared_from_this<Stream> {
  Stream(H2Connection& owner, int32_t number) : connection(&owner), id(number) {}

  // The reader wants bytes: they come by themselves while the window is open.
  void pull() override {
    if (connection == nullptr || !std::exchange(expects_continue, false)) return;
    const nghttp2_nv status = field(":status", "100");
    nghttp2_submit_headers(connection->session_, NGHTTP2_FLAG_NONE, id, nullptr, &status, 1,
                           nullptr);
    connection->flush();
  }
  void taken(size_t bytes) override {
    if (connection == nullptr) return;
    nghttp2_session_consume_stream(connection->session_, id, bytes);
    connection->flush();
  }

  H2Connection* connection;  // null once the stream is closed
  int32_t id;
  HttpRequest request;
  size_t head_bytes = 0;
  int refused_status = 0;
  bool has_body = false;
  bool request_ended = false;
  bool expects_continue = false;
  bool is_head_request = false;
  std::shared_ptr<BodyChannel> channel;

  HttpResponse response;
  bool answered = false;
  size_t sent_bytes = 0;   // of out
  std::string out;         // body bytes that nghttp2 has not taken
  bool out_ended = false;  // nothing comes after `out`
  bool pulling = false;
  bool deferred = false;  // nghttp2 waits for resume_data
  std::optional<uint64_t> remaining;
};

// ---- what nghttp2 calls

struct H2Connection::Callbacks {
  static Stream* stream_of(nghttp2_session* session, int32_t id) {
    return static_cast<Stream*>(nghttp2_session_get_stream_user_data(session, id));
  }

  static int on_begin_headers(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
    auto& self = *static_cast<H2Connection*>(user);
    if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
    auto stream = std::make_shared<Stream>(self, frame->hd.stream_id);
    stream->request.version = 20;
    nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, stream.get());
    self.streams_.emplace(frame->hd.stream_id, std::move(stream));
    return 0;
  }

  static int on_header(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                       size_t name_size, const uint8_t* value, size_t value_size, uint8_t,
                       void* user) {
    auto& self = *static_cast<H2Connection*>(user);
    Stream* stream = stream_of(session, frame->hd.stream_id);
    if (stream == nullptr || frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
    const std::string_view key(reinterpret_cast<const char*>(name), name_size);
    std::string text(reinterpret_cast<const char*>(value), value_size);
    stream->head_bytes += name_size + value_size + kFieldOverheadBytes;
    const Limits& limits = self.connections().limits();
    if (stream->head_bytes > limits.head_bytes_max ||
        stream->request.headers.all().size() >= limits.fields_max) {
      stream->refused_status = 431;
      return 0;
    }
    HttpRequest& request = stream->request;
    if (key == ":method") {
      request.method = std::move(text);
    } else if (key == ":path") {
      if (text.size() > limits.target_bytes_max) stream->refused_status = 414;
      request.target = std::move(text);
    } else if (key == ":authority") {
      request.authority = std::move(text);
    } else if (key == "host") {
      if (request.authority.empty()) request.authority = text;
      request.headers.add(key, std::move(text));
    } else if (!key.starts_with(':')) {
      if (key == "expect" && text == "100-continue") stream->expects_continue = true;
      request.headers.add(key, std::move(text));
    }
    return 0;
  }

  static int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
    auto& self = *static_cast<H2Connection*>(user);
    const bool is_request_part =
        frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
    if (!is_request_part) return 0;
    Stream* stream = stream_of(session, frame->hd.stream_id);
    if (stream == nullptr) return 0;
    const auto held = stream->shared_from_this();
    const bool ends = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    if (frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
      held->has_body = !ends;
      held->request_ended = ends;
      self.dispatch(held);
    } else if (ends) {
      self.request_is_complete(*held);
    }
    return 0;
  }

  static int on_bytes(nghttp2_session* session, uint8_t, int32_t id, const uint8_t* bytes,
                      size_t count, void*) {
    nghttp2_session_consume_connection(session, count);
    Stream* stream = stream_of(session, id);
    if (stream == nullptr || !stream->channel) {
      nghttp2_session_consume_stream(session, id, count);
      return 0;
    }
    const auto held = stream->shared_from_this();
    held->channel->push(std::string(reinterpret_cast<const char*>(bytes), count));
    return 0;
  }

  static int on_close(nghttp2_session*, int32_t id, uint32_t, void* user) {
    static_cast<H2Connection*>(user)->forget(id);
    return 0;
  }

  static ssize_t read_answer(nghttp2_session* session, int32_t id, uint8_t* buffer, size_t size,
                             uint32_t* flags, nghttp2_data_source*, void*) {
    Stream* stream = stream_of(session, id);
    if (stream == nullptr) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    const size_t count = std::min(size, stream->out.size() - stream->sent_bytes);
    if (count == 0 && !stream->out_ended) {
      stream->deferred = true;
      return NGHTTP2_ERR_DEFERRED;
    }
    std::copy_n(stream->out.data() + stream->sent_bytes, count, buffer);
    stream->sent_bytes += count;
    const bool is_empty = stream->sent_bytes == stream->out.size();
    if (!is_empty || !stream->out_ended) return static_cast<ssize_t>(count);
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    // The answer does not wait for the rest of a body that nobody read (RFC 9113 8.1).
    if (!stream->request_ended)
      nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, id, NGHTTP2_NO_ERROR);
    return static_cast<ssize_t>(count);
  }
};

// ---- the connection

H2Connection::H2Connection(std::shared_ptr<Connections> connections,
                           std::unique_ptr<Transport> transport)
    : Connection(std::move(connections)), transport_(std::move(transport)) {}

H2Connection::~H2Connection() {
  close();
  nghttp2_session_del(session_);
}

std::shared_ptr<H2Connection> H2Connection::shared() {
  return std::static_pointer_cast<H2Connection>(shared_from_this());
}

bool H2Connection::configure() {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_option* option = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return false;
  if (nghttp2_option_new(&option) != 0) return nghttp2_session_callbacks_del(callbacks), false;
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, Callbacks::on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, Callbacks::on_header);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, Callbacks::on_frame);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, Callbacks::on_bytes);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Callbacks::on_close);
  nghttp2_option_set_no_auto_window_update(option, 1);
  const int made = nghttp2_session_server_new2(&session_, callbacks, this, option);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  if (made != 0) return false;
  const Limits& limits = connections().limits();
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.streams_max},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.stream_window_bytes},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<uint32_t>(limits.head_bytes_max)}};
  return nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings, std::size(settings)) == 0 &&
         nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0,
                                               kConnectionWindowBytes) == 0;
}

void H2Connection::begin(std::string_view received) {
  deadline_seconds_ = connections().now_seconds() + connections().limits().idle_seconds_max;
  if (!configure()) return close();
  input_.resize(kInputBytes);
  receive(received);
}

void H2Connection::want_read() {
  if (reading_ || closed_) return;
  reading_ = true;
  transport_->read(input_.data(), input_.size(), shared_from_this());
}

void H2Connection::on_read(size_t bytes) {
  reading_ = false;
  if (closed_) return;
  if (bytes == 0) return close();
  receive(std::string_view(input_).substr(0, bytes));
}

void H2Connection::receive(std::string_view bytes) {
  const auto self = shared_from_this();
  receiving_ = true;
  const ssize_t used = nghttp2_session_mem_recv(
      session_, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  receiving_ = false;
  if (closed_) return;
  if (used < 0) nghttp2_session_terminate_session(session_, NGHTTP2_PROTOCOL_ERROR);
  if (deadline_seconds_ != 0 && streams_.empty())
    deadline_seconds_ = connections().now_seconds() + connections().limits().idle_seconds_max;
  flush();
  const bool is_flooded =
      services_running_ > kServicesPerStream * connections().limits().streams_max;
  if (is_flooded) return close();
  if (nghttp2_session_want_read(session_)) want_read();
}

void H2Connection::flush() {
  if (receiving_ || flushing_ || writing_ || closed_) return;
  const auto self = shared_from_this();
  flushing_ = true;
  while (!closed_ && !writing_ && send_some()) {
  }
  flushing_ = false;
  if (closed_) return;
  if (writing_) {
    deadline_seconds_ = connections().now_seconds() + connections().limits().stall_seconds_max;
  } else if (!nghttp2_session_want_read(session_) && !nghttp2_session_want_write(session_)) {
    close();
  }
}

// One write of what nghttp2 has, and one read of each answer it waits for. False when nothing more
// can be done now.
bool H2Connection::send_some() {
  sending_.clear();
  receiving_ = true;
  while (sending_.size() < kOutputBytes) {
    const uint8_t* bytes = nullptr;
    const ssize_t count = nghttp2_session_mem_send(session_, &bytes);
    if (count <= 0) break;
    sending_.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(count));
  }
  receiving_ = false;
  bool has_more = !sending_.empty();
  if (has_more) {
    const Written written = transport_->write({sending_, {}, {}}, shared_from_this());
    if (written == Written::kBroken) return close(), false;
    writing_ = written == Written::kLater;
  }
  std::vector<std::shared_ptr<Stream>> hungry;
  for (const auto& [id, stream] : streams_) {
    if (stream->deferred && !stream->pulling) hungry.push_back(stream);
  }
  for (const auto& stream : hungry) {
    pull_answer(stream);
    has_more = has_more || !stream->deferred;
  }
  return has_more;
}

void H2Connection::on_written(bool complete) {
  writing_ = false;
  if (closed_) return;
  if (!complete) return close();
  deadline_seconds_ =
      streams_.empty() ? connections().now_seconds() + connections().limits().idle_seconds_max : 0;
  flush();
}

void H2Connection::on_tick(int64_t now_seconds) {
  if (closed_ || deadline_seconds_ == 0 || now_seconds < deadline_seconds_) return;
  if (writing_ || nghttp2_session_want_write(session_) != 0) return close();
  nghttp2_session_terminate_session(session_, NGHTTP2_NO_ERROR);
  deadline_seconds_ = now_seconds + connections().limits().linger_seconds_max;
  flush();
}

void H2Connection::finish() {
  if (closed_ || session_ == nullptr) return;
  // Streams up to here are answered, then the session wants nothing more and closes.
  nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE,
                        nghttp2_session_get_last_proc_stream_id(session_), NGHTTP2_NO_ERROR,
                        nullptr, 0);
  flush();
}

void H2Connection::close() {
  if (std::exchange(closed_, true)) return;
  transport_->close(false);
  const auto streams = std::exchange(streams_, {});
  for (const auto& [id, stream] : streams) {
    stream->connection = nullptr;
    stream->response.stream.reset();
    if (stream->channel) stream->channel->detach();
  }
}

// ---- one stream

void H2Connection::request_is_complete(Stream& stream) {
  stream.request_ended = true;
  if (stream.channel) stream.channel->end();
}

void H2Connection::dispatch(const std::shared_ptr<Stream>& stream) {
  deadline_seconds_ = 0;
  HttpRequest& request = stream->request;
  request.remote_address = transport_->remote_address();
  stream->is_head_request = request.method == "HEAD";
  if (request.authority.empty() || request.method == "CONNECT") stream->refused_status = 400;
  if (stream->refused_status != 0) {
    HttpResponse refusal;
    refusal.status = stream->refused_status;
    refusal.headers.add("content-type", "text/plain");
    refusal.body = std::string(reason_of(refusal.status)) + "\n";
    return answer(stream, std::move(refusal));
  }
  if (stream->has_body) {
    std::optional<uint64_t> length;
    const std::string_view said = request.headers.get("content-length");
    if (!said.empty()) length = std::strtoull(std::string(said).c_str(), nullptr, 10);
    stream->channel = std::make_shared<BodyChannel>(static_cast<BodyFeed*>(stream.get()));
    request.body = channel_source(stream->channel, length);
  } else {
    request.body = bytes_source(std::string());
  }
  ++services_running_;
  start(connections().service()(std::move(request)),
        [self = shared(), stream](HttpResponse response) {
          --self->services_running_;
          self->answer(stream, std::move(response));
        });
}

void H2Connection::answer(const std::shared_ptr<Stream>& stream, HttpResponse response) {
  if (closed_ || stream->connection == nullptr) return;
  const BodyPlan plan = plan_body(response, stream->is_head_request);
  const std::string status = std::to_string(response.status);
  const std::string length = plan.length ? std::to_string(*plan.length) : std::string();
  std::vector<std::string> values;  // cleaned; reserved, so that they stay where they are
  values.reserve(response.headers.all().size());
  std::vector<nghttp2_nv> fields = {field(":status", status)};
  for (const auto& [name, value] : response.headers.all()) {
    if (is_connection_field(name)) continue;
    append_field_value(value, values.emplace_back());
    fields.push_back(field(name, values.back()));
  }
  const std::string date(connections().date());
  if (response.headers.find("date") == nullptr) fields.push_back(field("date", date));
  if (plan.length) fields.push_back(field("content-length", length));

  stream->answered = true;
  stream->response = std::move(response);
  stream->remaining = plan.length;
  const bool streams = plan.sends_bytes && stream->response.stream;
  if (!streams) {
    stream->response.stream.reset();
    if (plan.sends_bytes) stream->out = std::move(stream->response.body);
    stream->out_ended = true;
  }
  // An answer before the request's end closes the stream by RST_STREAM, once it is sent.
  const bool has_bytes = streams || !stream->out.empty() || !stream->request_ended;
  nghttp2_data_provider provider{};
  provider.read_callback = Callbacks::read_answer;
  const int failed = nghttp2_submit_response(session_, stream->id, fields.data(), fields.size(),
                                             has_bytes ? &provider : nullptr);
  if (failed != 0) {
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_INTERNAL_ERROR);
  }
  flush();
}

// Brings the next bytes of the answer's stream.
void H2Connection::pull_answer(const std::shared_ptr<Stream>& stream) {
  if (stream->connection == nullptr || !stream->response.stream) return;
  stream->pulling = true;
  start(stream->response.stream->read(), [self = shared(), stream](Result<std::string> piece) {
    stream->pulling = false;
    if (self->closed_ || stream->connection == nullptr) return;
    const bool is_wrong_length =
        piece && stream->remaining &&
        (piece->empty() ? *stream->remaining != 0 : piece->size() > *stream->remaining);
    if (!piece || is_wrong_length) {
      stream->deferred = false;
      nghttp2_submit_rst_stream(self->session_, NGHTTP2_FLAG_NONE, stream->id,
                                NGHTTP2_INTERNAL_ERROR);
      return self->flush();
    }
    if (stream->remaining) *stream->remaining -= piece->size();
    stream->out_ended = piece->empty();
    stream->out = *std::move(piece);
    stream->sent_bytes = 0;
    stream->deferred = false;
    nghttp2_session_resume_data(self->session_, stream->id);
    self->flush();
  });
}

void H2Connection::forget(int32_t id) {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  const std::shared_ptr<Stream> stream = found->second;
  streams_.erase(found);
  stream->connection = nullptr;
  stream->response.stream.reset();
  if (stream->channel) stream->channel->detach();
  if (streams_.empty())
    deadline_seconds_ = connections().now_seconds() + connections().limits().idle_seconds_max;
}

}  // namespace tidemill::http
