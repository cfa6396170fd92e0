#include "door/http/server.h"

#include <gtest/gtest.h>

#include <functional>

#include "door/http/test_server.h"

namespace tidemill::http {
namespace {

Task<HttpResponse> say(std::string text) {
  HttpResponse response;
  response.body = std::move(text);
  co_return response;
}

// Answers with method, target and the whole body.
Task<HttpResponse> echo(HttpRequest request) {
  auto reading = read_all(*request.body, 64 << 20);
  Result<std::string> body = co_await std::move(reading);
  HttpResponse response;
  if (!body) {
    response.status = 400;
    response.body = body.error().message;
    co_return response;
  }
  response.body = request.method + " " + request.target + " " + *body;
  co_return response;
}

std::string answer_of(std::string_view body) {
  return "HTTP/1.1 200 OK\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\ncontent-length: " +
         std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string body_after_head(const std::string& all) { return all.substr(all.find("\r\n\r\n") + 4); }

std::string exchange(std::string_view request, HttpService service = echo) {
  TestServer server(std::move(service));
  TestClient client(server);
  client.send(request);
  client.end();
  return client.receive_all();
}

TEST(Http1, AnswersARequestWithOneHeadAndBody) {
  EXPECT_EQ(exchange("GET /a?b=c HTTP/1.1\r\nHost: localhost\r\n\r\n"), answer_of("GET /a?b=c "));
}

TEST(Http1, AnswersPipelinedRequestsInOrder) {
  const std::string requests =
      "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(exchange(requests),
            answer_of("GET /1 ") + answer_of("POST /2 abc") + answer_of("GET /3 "));
}

TEST(Http1, ReadsARequestThatComesByteByByte) {
  TestServer server(echo);
  TestClient client(server);
  for (const char c : std::string("POST /x HTTP/1.1\r\nhost: a\r\nContent-Length: 5\r\n\r\nhello"))
    client.send(std::string(1, c));
  EXPECT_EQ(client.receive(answer_of("POST /x hello").size()), answer_of("POST /x hello"));
}

TEST(Http1, DecodesAChunkedBody) {
  const std::string request =
      "PUT /k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;ext=1\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nTrailer: x\r\n\r\n"
      "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(exchange(request), answer_of("PUT /k hello world") + answer_of("GET /next "));
}

TEST(Http1, TellsTheServiceOfABodyThatBreaksOff) {
  EXPECT_NE(exchange("PUT /k HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                .find("The client closed the connection within a request"),
            std::string::npos);
  EXPECT_NE(exchange("PUT /k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                .find("Malformed chunked body"),
            std::string::npos);
}

TEST(Http1, RoundTripsALargeBody) {
  TestServer server(echo);
  TestClient client(server);
  const std::string body(8 << 20, 'x');
  std::thread sender([&] {
    client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body);
  });
  const std::string expected = answer_of("PUT / " + body);
  EXPECT_EQ(client.receive(expected.size()), expected);
  sender.join();
}

TEST(Http1, SendsContinueOnlyWhenTheBodyIsRead) {
  TestServer server(echo);
  TestClient client(server);
  client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive(25), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_EQ(client.receive(answer_of("PUT / ok").size()), answer_of("PUT / ok"));
}

TEST(Http1, ClosesAfterRefusingABodyThatWaitsForContinue) {
  TestServer server([](HttpRequest) { return say("no"); });
  TestClient client(server);
  client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  const std::string all = client.receive_all();
  EXPECT_TRUE(all.starts_with("HTTP/1.1 200")) << all;
  EXPECT_NE(all.find("connection: close"), std::string::npos);
  EXPECT_EQ(all.find("100 Continue"), std::string::npos);
}

TEST(Http1, DrainsABodyNobodyReadAndGoesOn) {
  TestServer server([](HttpRequest) { return say("no"); });
  TestClient client(server);
  const std::string body(300000, 'x');
  client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + body);
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string expected = answer_of("no") + answer_of("no");
  EXPECT_EQ(client.receive(expected.size()), expected);
}

TEST(Http1, ClosesWhenTooMuchIsLeftUnread) {
  Limits limits;
  limits.drain_bytes_max = 1000;
  TestServer server([](HttpRequest) { return say("no"); }, limits);
  TestClient client(server);
  client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 30000\r\n\r\n" +
              std::string(30000, 'x') + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.receive(answer_of("no").size()), answer_of("no"));
  EXPECT_EQ(client.receive(1), "");
}

TEST(Http1, SendsNoBodyForHead) {
  const std::string all =
      exchange("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
               [](HttpRequest) { return say("12345"); });
  EXPECT_EQ(all, answer_of("12345").substr(0, answer_of("12345").size() - 5) + answer_of("12345"));
}

TEST(Http1, KeepsHttp10ConnectionsOnlyWhenAsked) {
  EXPECT_NE(exchange("GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n").find("connection: close"),
            std::string::npos);
  const std::string kept =
      exchange("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
  EXPECT_NE(kept.find("connection: keep-alive"), std::string::npos);
  EXPECT_NE(kept.find("GET /2"), std::string::npos);
}

TEST(Http1, ClosesWhenTheClientAsksForIt) {
  TestServer server(echo);
  TestClient client(server);
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_NE(client.receive_all().find("connection: close\r\n"), std::string::npos);
}

TEST(Http1, KeepsLineBreaksOutOfAnswerFields) {
  const std::string all = exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n", [](HttpRequest) {
    HttpResponse response;
    response.headers.add("x-amz-meta-a", "1\r\nx-evil: 2");
    return ready(std::move(response));
  });
  EXPECT_NE(all.find("x-amz-meta-a: 1  x-evil: 2\r\n"), std::string::npos);
}

// ---- streamed answers

// Gives its pieces one by one; fails after them when told so.
class Pieces : public ByteSource {
 public:
  Pieces(std::vector<std::string> pieces, bool fails, std::optional<uint64_t> length)
      : pieces_(std::move(pieces)), fails_(fails), length_(length) {}
  Task<Result<std::string>> read() override {
    if (next_ < pieces_.size()) co_return pieces_[next_++];
    if (fails_) co_return errors::InputOutput("lost");
    co_return std::string();
  }
  std::optional<uint64_t> length() const override { return length_; }

 private:
  std::vector<std::string> pieces_;
  size_t next_ = 0;
  bool fails_;
  std::optional<uint64_t> length_;
};

HttpService stream_of(std::vector<std::string> pieces, bool fails = false,
                      std::optional<uint64_t> length = std::nullopt) {
  return [=](HttpRequest) {
    HttpResponse response;
    response.stream = std::make_unique<Pieces>(pieces, fails, length);
    return ready(std::move(response));
  };
}

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Http1, SendsAStreamOfUnknownLengthInChunks) {
  const std::string all = exchange(kGet, stream_of({"hello", " world"}));
  EXPECT_NE(all.find("transfer-encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(body_after_head(all), "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
}

TEST(Http1, SendsAStreamOfKnownLengthAsItIs) {
  const std::string all = exchange(kGet, stream_of({"hello", " world"}, false, 11));
  EXPECT_NE(all.find("content-length: 11\r\n"), std::string::npos);
  EXPECT_EQ(body_after_head(all), "hello world");
}

TEST(Http1, EndsAStreamToHttp10ByClosing) {
  const std::string all = exchange("GET / HTTP/1.0\r\n\r\n", stream_of({"a", "b"}));
  EXPECT_NE(all.find("connection: close"), std::string::npos);
  EXPECT_EQ(body_after_head(all), "ab");
}

TEST(Http1, BreaksTheConnectionWhenAStreamFailsOrIsTooShort) {
  for (const bool fails : {true, false}) {
    TestServer server(
        stream_of({"hello"}, fails, fails ? std::nullopt : std::optional<uint64_t>(9)));
    TestClient client(server);
    client.send(kGet);
    const std::string all = client.receive_all();
    EXPECT_EQ(all.find("0\r\n\r\n"), std::string::npos);
    EXPECT_TRUE(client.was_reset());
  }
}

TEST(Http1, StreamsAMillionPiecesThatAreReadyWithoutDeepCalls) {
  std::vector<std::string> pieces(200000, "0123456789");
  const std::string all = exchange(kGet, stream_of(pieces, false, 2000000));
  EXPECT_EQ(body_after_head(all).size(), 2000000U);
}

TEST(Http1, EchoesABodyAsItsAnswerStream) {
  TestServer server([](HttpRequest request) {
    HttpResponse response;
    response.stream = std::move(request.body);
    return ready(std::move(response));
  });
  TestClient client(server);
  const std::string body(4 << 20, 'y');
  std::thread sender(
      [&] { client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4194304\r\n\r\n" + body); });
  client.receive_until("\r\n\r\n");
  EXPECT_EQ(client.receive(body.size()), body);
  sender.join();
}

// ---- what takes too long

TEST(Http1, RefusesAHeadThatDoesNotArriveInTime) {
  TestServer server(echo);
  TestClient client(server);
  client.send("GET / HT");
  while (true) {
    server.pass_seconds(40);
    if (client.has_something()) break;
  }
  EXPECT_TRUE(client.receive_all().starts_with("HTTP/1.1 408 "));
}

TEST(Http1, ClosesAnIdleConnectionSilently) {
  TestServer server(echo);
  TestClient client(server);
  client.send(kGet);
  EXPECT_EQ(client.receive(answer_of("GET / ").size()), answer_of("GET / "));
  server.pass_seconds(130);
  EXPECT_EQ(client.receive_all(), "");
}

TEST(Http1, TellsTheServiceOfABodyThatStalls) {
  TestServer server(echo);
  TestClient client(server);
  client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive(25).size(), 25U);
  server.pass_seconds(70);
  EXPECT_NE(client.receive_until("closed.").find("Your socket connection"), std::string::npos);
}

TEST(Http1, NeverTimesOutAServiceThatWorks) {
  sys::Signal signal;
  TestServer server([&signal](HttpRequest) -> Task<HttpResponse> {
    auto waiting = signal.wait();
    co_await std::move(waiting);
    co_return HttpResponse{};
  });
  TestClient client(server);
  client.send(kGet);
  bool is_waiting = false;
  while (!is_waiting) server.run([&] { is_waiting = signal.has_waiters(); });
  server.pass_seconds(1000);
  server.run([&] { signal.notify_all(); });
  EXPECT_EQ(client.receive(15), "HTTP/1.1 200 OK");
}

TEST(Http1, LetsAnExchangeEndWhenTheListenerCloses) {
  sys::Signal signal;
  TestServer server([&signal](HttpRequest) -> Task<HttpResponse> {
    auto waiting = signal.wait();
    co_await std::move(waiting);
    co_return HttpResponse{};
  });
  TestClient busy(server);
  TestClient idle(server);
  busy.send(kGet);
  bool is_waiting = false;
  while (!is_waiting) server.run([&] { is_waiting = signal.has_waiters(); });
  server.run([&] { server.listener().close(); });
  EXPECT_EQ(idle.receive_all(), "");
  server.run([&] { signal.notify_all(); });
  EXPECT_TRUE(busy.receive_all().starts_with("HTTP/1.1 200 OK"));
}

// ---- listening

TEST(Server, RefusesAnAddressInUseOrNoAddress) {
  TestServer server(echo);
  Server second(server.loop.io, server.loop);
  server.run([&] {
    EXPECT_FALSE(second.listen("127.0.0.1", server.port(), echo).has_value());
    EXPECT_FALSE(second.listen("not an address", 0, echo).has_value());
  });
}

TEST(Server, TakesNoMoreConnectionsThanItMay) {
  Limits limits;
  limits.connections_max = 2;
  TestServer server(echo, limits);
  auto first = std::make_unique<TestClient>(server);
  TestClient second(server);
  TestClient third(server);
  for (TestClient* client : {first.get(), &second, &third}) client->send(kGet);
  const size_t bytes = answer_of("GET / ").size();
  EXPECT_EQ(first->receive(bytes).size(), bytes);
  EXPECT_EQ(second.receive(bytes).size(), bytes);
  EXPECT_FALSE(third.has_something());
  first.reset();
  EXPECT_EQ(third.receive(bytes).size(), bytes);
}

}  // namespace
}  // namespace tidemill::http
