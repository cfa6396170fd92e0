// HTTP/2 against nghttp2's own client session.
#include <gtest/gtest.h>
#include <nghttp2/nghttp2.h>

#include <map>

#include "door/http/test_server.h"

namespace tidemill::http {
namespace {

Task<HttpResponse> echo(HttpRequest request) {
  auto reading = read_all(*request.body, 64 << 20);
  Result<std::string> body = co_await std::move(reading);
  HttpResponse response;
  if (!body) {
    response.status = 400;
    response.body = body.error().message;
    co_return response;
  }
  response.headers.add("x-authority", request.authority);
  response.body = request.method + " " + request.target + " " + *body;
  co_return response;
}

struct Answer {
  std::map<std::string, std::string> fields;
  std::string body;
  bool ended = false;
  uint32_t error = 0;
  std::string sent;  // the request's body
  size_t sent_bytes = 0;
  bool got_continue = false;
};

class H2Client {
 public:
  explicit H2Client(const TestServer& server) : client_(server) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_bytes);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
    nghttp2_session_client_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
  }
  ~H2Client() { nghttp2_session_del(session_); }

  int32_t ask(std::string method, std::string path, std::string body = {},
              std::map<std::string, std::string> more = {}) {
    auto field = [](const std::string& name, const std::string& value) {
      return nghttp2_nv{reinterpret_cast<uint8_t*>(const_cast<char*>(name.data())),
                        reinterpret_cast<uint8_t*>(const_cast<char*>(value.data())), name.size(),
                        value.size(), NGHTTP2_NV_FLAG_NONE};
    };
    std::map<std::string, std::string> all = {
        {":method", method}, {":path", path}, {":scheme", "http"}, {":authority", "localhost"}};
    all.merge(more);
    std::vector<nghttp2_nv> fields;
    for (const auto& [name, value] : all) fields.push_back(field(name, value));
    nghttp2_data_provider provider{};
    provider.read_callback = give_body;
    const int32_t id = nghttp2_submit_request(session_, nullptr, fields.data(), fields.size(),
                                              body.empty() ? nullptr : &provider, nullptr);
    answers[id].sent = std::move(body);
    send();
    return id;
  }
  void send() {
    const uint8_t* bytes = nullptr;
    ssize_t count = 0;
    while ((count = nghttp2_session_mem_send(session_, &bytes)) > 0)
      client_.send({reinterpret_cast<const char*>(bytes), static_cast<size_t>(count)});
  }
  // Receives until the answer has ended or the connection has.
  Answer& await(int32_t id) {
    while (!answers[id].ended) {
      const std::string bytes = client_.receive(1);
      if (bytes.empty()) break;
      nghttp2_session_mem_recv(session_, reinterpret_cast<const uint8_t*>(bytes.data()), 1);
      send();
    }
    return answers[id];
  }
  TestClient& raw() { return client_; }

  std::map<int32_t, Answer> answers;

 private:
  static int on_header(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name,
                       size_t name_size, const uint8_t* value, size_t value_size, uint8_t,
                       void* user) {
    Answer& answer = static_cast<H2Client*>(user)->answers[frame->hd.stream_id];
    const std::string text(reinterpret_cast<const char*>(value), value_size);
    if (text == "100") answer.got_continue = true;
    answer.fields[std::string(reinterpret_cast<const char*>(name), name_size)] = text;
    return 0;
  }
  static int on_bytes(nghttp2_session*, uint8_t, int32_t id, const uint8_t* bytes, size_t count,
                      void* user) {
    static_cast<H2Client*>(user)->answers[id].body.append(reinterpret_cast<const char*>(bytes),
                                                          count);
    return 0;
  }
  static int on_close(nghttp2_session*, int32_t id, uint32_t error, void* user) {
    static_cast<H2Client*>(user)->answers[id].ended = true;
    static_cast<H2Client*>(user)->answers[id].error = error;
    return 0;
  }
  static ssize_t give_body(nghttp2_session*, int32_t id, uint8_t* buffer, size_t size,
                           uint32_t* flags, nghttp2_data_source*, void* user) {
    Answer& answer = static_cast<H2Client*>(user)->answers[id];
    const size_t count = std::min(size, answer.sent.size() - answer.sent_bytes);
    std::copy_n(answer.sent.data() + answer.sent_bytes, count, buffer);
    answer.sent_bytes += count;
    if (answer.sent_bytes == answer.sent.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(count);
  }

  TestClient client_;
  nghttp2_session* session_ = nullptr;
};

TEST(Http2, AnswersStreamsSideBySide) {
  TestServer server(echo);
  H2Client client(server);
  const int32_t first = client.ask("GET", "/1");
  const int32_t second = client.ask("POST", "/2", "hello");
  EXPECT_EQ(client.await(second).body, "POST /2 hello");
  EXPECT_EQ(client.await(first).body, "GET /1 ");
  EXPECT_EQ(client.answers[first].fields[":status"], "200");
  EXPECT_EQ(client.answers[first].fields["content-length"], "7");
  EXPECT_EQ(client.answers[first].fields["x-authority"], "localhost");
}

TEST(Http2, RoundTripsABodyLargerThanEveryWindow) {
  TestServer server(echo);
  H2Client client(server);
  const std::string body(1 << 20, 'x');
  EXPECT_EQ(client.await(client.ask("PUT", "/", body)).body, "PUT / " + body);
}

TEST(Http2, EchoesABodyAsItsAnswerStream) {
  TestServer server([](HttpRequest request) {
    HttpResponse response;
    response.stream = std::move(request.body);
    return ready(std::move(response));
  });
  H2Client client(server);
  const std::string body(600000, 'y');
  EXPECT_EQ(client.await(client.ask("PUT", "/", body)).body, body);
}

TEST(Http2, SendsNoBodyForHeadAndForAnEmptyAnswer) {
  TestServer server(echo);
  H2Client client(server);
  Answer& answer = client.await(client.ask("HEAD", "/"));
  EXPECT_EQ(answer.fields["content-length"], "7");
  EXPECT_EQ(answer.body, "");
}

TEST(Http2, SendsContinueWhenTheBodyIsRead) {
  TestServer server(echo);
  H2Client client(server);
  Answer& answer = client.await(client.ask("PUT", "/", "abc", {{"expect", "100-continue"}}));
  EXPECT_TRUE(answer.got_continue);
  EXPECT_EQ(answer.body, "PUT / abc");
}

class Failing : public ByteSource {
 public:
  Task<Result<std::string>> read() override {
    if (std::exchange(given_, true)) co_return errors::InputOutput("lost");
    co_return std::string("part");
  }

 private:
  bool given_ = false;
};

TEST(Http2, ResetsAStreamWhoseAnswerFails) {
  TestServer server([](HttpRequest) {
    HttpResponse response;
    response.stream = std::make_unique<Failing>();
    return ready(std::move(response));
  });
  H2Client client(server);
  EXPECT_EQ(client.await(client.ask("GET", "/")).error, uint32_t{NGHTTP2_INTERNAL_ERROR});
}

TEST(Http2, AnswersWithoutReadingABody) {
  TestServer server([](HttpRequest) { return ready(HttpResponse{}); });
  H2Client client(server);
  Answer& answer = client.await(client.ask("PUT", "/", std::string(1 << 20, 'x')));
  EXPECT_EQ(answer.fields[":status"], "200");
  EXPECT_EQ(answer.error, uint32_t{NGHTTP2_NO_ERROR});
}

TEST(Http2, RefusesATargetThatIsTooLong) {
  TestServer server(echo);
  H2Client client(server);
  EXPECT_EQ(client.await(client.ask("GET", "/" + std::string(20000, 'a'))).fields[":status"],
            "414");
}

TEST(Http2, ClosesOnBytesThatAreNotFrames) {
  TestServer server(echo);
  TestClient client(server);
  client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string(4000, 'z'));
  client.receive_all();  // settings, GOAWAY, and the end
  TestClient half(server);
  half.send("PRI * HT");
  half.end();
  EXPECT_EQ(half.receive_all(), "");
}

TEST(Http2, TellsTheServiceOfAConnectionThatBreaks) {
  std::promise<bool> told;
  TestServer server([&told](HttpRequest request) -> Task<HttpResponse> {
    auto reading = read_all(*request.body, 100);
    Result<std::string> body = co_await std::move(reading);
    told.set_value(!body.has_value());
    co_return HttpResponse{};
  });
  {
    TestClient client(server);
    // Preface, SETTINGS, and HEADERS of a POST without its end (static table only).
    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    client.send(std::string("\0\0\0\x4\0\0\0\0\0", 9));
    client.send(
        std::string("\0\0\x6\x1\x4\0\0\0\x1\x83\x84\x86\x41\x01"
                    "a",
                    15));
    client.receive(9);
  }
  EXPECT_TRUE(told.get_future().get());
}

TEST(Http2, LeavesIdleConnections) {
  TestServer server(echo);
  H2Client client(server);
  client.await(client.ask("GET", "/"));
  server.pass_seconds(200);
  client.raw().receive_all();
}

}  // namespace
}  // namespace tidemill::http
