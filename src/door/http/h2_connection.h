// An HTTP/2 connection in the clear, over nghttp2 (RFC 9113). Streams run side by side; the body of
// each is received only as far ahead of its reader as Limits::stream_window_bytes. nghttp2 itself
// refuses malformed fields, frames and lengths, and floods of control frames.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "door/http/connection.h"

struct nghttp2_session;

namespace tidemill::http {

inline constexpr std::string_view kH2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

class H2Connection : public Connection {
 public:
  H2Connection(std::shared_ptr<Connections> connections, std::unique_ptr<Transport> transport);
  ~H2Connection() override;
  // `received` are the first bytes, the preface among them.
  void begin(std::string_view received);

  void on_read(size_t bytes) override;
  void on_written(bool complete) override;
  void on_tick(int64_t now_seconds) override;
  void finish() override;

 private:
  struct Stream;
  struct Callbacks;
  friend struct Callbacks;

  std::shared_ptr<H2Connection> shared();
  bool configure();
  void receive(std::string_view bytes);
  void want_read();
  // Sends what nghttp2 has to send; closes when nothing is left to do.
  void flush();
  bool send_some();
  void close();

  void request_is_complete(Stream& stream);
  void dispatch(const std::shared_ptr<Stream>& stream);
  void answer(const std::shared_ptr<Stream>& stream, HttpResponse response);
  void pull_answer(const std::shared_ptr<Stream>& stream);
  void forget(int32_t id);

  std::unique_ptr<Transport> transport_;
  nghttp2_session* session_ = nullptr;
  std::map<int32_t, std::shared_ptr<Stream>> streams_;
  size_t services_running_ = 0;  // of streams that were reset too
  std::string input_;
  std::string sending_;
  int64_t deadline_seconds_ = 0;
  bool reading_ = false;
  bool writing_ = false;
  bool receiving_ = false;  // within nghttp2: it must not be entered again
  bool flushing_ = false;
  bool closed_ = false;
};

}  // namespace tidemill::http
