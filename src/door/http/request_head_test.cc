#include "door/http/request_head.h"

#include <gtest/gtest.h>

#include "door/http/chunked.h"

namespace tidemill::http {
namespace {

// The status a head is refused with; 200 when it is taken, 0 when it is not complete.
int status_of(const std::string& head) {
  HeadScanner scanner;
  const Limits limits;
  for (size_t size = 1; size <= head.size(); ++size) {
    const auto state = scanner.scan(std::string_view(head).substr(0, size), limits);
    if (state == HeadScanner::State::kRefused) return scanner.refusal().status;
    if (state == HeadScanner::State::kMore) continue;
    RequestHead parsed;
    const auto refusal = parse_request_head(head.substr(0, size), limits, parsed);
    return refusal ? refusal->status : 200;
  }
  return 0;
}

int status_with(const std::string& fields) {
  return status_of("POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
}

RequestHead parsed(const std::string& head) {
  RequestHead out;
  EXPECT_FALSE(parse_request_head(head, Limits{}, out).has_value());
  return out;
}

TEST(RequestHead, IsTakenApart) {
  const RequestHead head = parsed(
      "PUT /b/k%20?acl HTTP/1.1\r\nHost: s3.localhost:4566\r\nX-Amz-Meta-A:  v \r\n"
      "Content-Length: 12\r\nExpect: 100-Continue\r\n\r\n");
  EXPECT_EQ(head.method, "PUT");
  EXPECT_EQ(head.target, "/b/k%20?acl");
  EXPECT_EQ(head.authority, "s3.localhost:4566");
  EXPECT_EQ(head.headers.get("x-amz-meta-a"), "v");
  EXPECT_EQ(head.framing, Framing::kLength);
  EXPECT_EQ(head.body_bytes, 12U);
  EXPECT_TRUE(head.expects_continue);
  EXPECT_TRUE(head.keep_alive);
}

TEST(RequestHead, TakesAnAbsoluteTargetApart) {
  const RequestHead head = parsed("GET http://b.localhost?x HTTP/1.1\r\nHost: other\r\n\r\n");
  EXPECT_EQ(head.authority, "b.localhost");
  EXPECT_EQ(head.target, "/?x");
}

TEST(RequestHead, RefusesWhatCouldSmuggleARequest) {
  EXPECT_EQ(status_with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(status_with("Content-Length: 1\r\nContent-Length: 2\r\n"), 400);
  EXPECT_EQ(status_with("Content-Length: 1\r\nContent-Length: 1\r\n"), 200);
  EXPECT_EQ(status_with("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"), 400);
  for (const char* length : {"+1", "-1", "1, 1", "0x1", "", "1 1", "99999999999999999999"})
    EXPECT_EQ(status_with(std::string("Content-Length: ") + length + "\r\n"), 400) << length;
  EXPECT_EQ(status_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(status_with("Transfer-Encoding: gzip, chunked\r\n"), 501);
  EXPECT_EQ(status_with("Transfer-Encoding : chunked\r\n"), 400);
  EXPECT_EQ(status_with("A: b\r\n folded\r\n"), 400);
  EXPECT_EQ(status_with("A: b\n"), 400);
  EXPECT_EQ(status_with("A: b\rc\r\n"), 400);
  EXPECT_EQ(status_with(std::string("A: b\0c\r\n", 8)), 400);
  EXPECT_EQ(status_with(": b\r\n"), 400);
  EXPECT_EQ(status_with("no colon\r\n"), 400);
  EXPECT_EQ(status_with("Host: b\r\n"), 400);
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(RequestHead, RefusesAMalformedRequestLine) {
  const std::string rest = "\r\nHost: a\r\n\r\n";
  EXPECT_EQ(status_of("GET / HTTP/1.1" + rest), 200);
  EXPECT_EQ(status_of("GET /  HTTP/1.1" + rest), 400);
  EXPECT_EQ(status_of("GET  / HTTP/1.1" + rest), 400);
  EXPECT_EQ(status_of(" GET / HTTP/1.1" + rest), 400);
  EXPECT_EQ(status_of("GET /" + rest), 400);
  EXPECT_EQ(status_of("GET relative HTTP/1.1" + rest), 400);
  EXPECT_EQ(status_of("GET ftp://a/ HTTP/1.1" + rest), 400);
  EXPECT_EQ(status_of("GET /\x01 HTTP/1.1" + rest), 400);
  EXPECT_EQ(status_of("G\rT / HTTP/1.1" + rest), 400);
  EXPECT_EQ(status_of("GET / HTTP/2.0" + rest), 505);
  EXPECT_EQ(status_of("GET / http/1.1" + rest), 400);
  EXPECT_EQ(status_of("CONNECT a:1 HTTP/1.1" + rest), 501);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(status_of("\r\nGET / HTTP/1.1" + rest), 400);
}

TEST(RequestHead, HasLimits) {
  EXPECT_EQ(status_of("GET /" + std::string(20000, 'a')), 414);
  EXPECT_EQ(status_of("GET /" + std::string(16380, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 200);
  EXPECT_EQ(status_of("GET /" + std::string(16390, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
  EXPECT_EQ(status_with("A: " + std::string(70000, 'a') + "\r\n"), 431);
  std::string many;
  for (int i = 0; i < 300; ++i) many += "A: b\r\n";
  EXPECT_EQ(status_with(many), 431);
  EXPECT_EQ(status_with("Expect: miracles\r\n"), 417);
}

// The decoded body; "malformed" or "more" when it does not end.
std::string decoded(const std::string& bytes) {
  ChunkedDecoder decoder;
  std::string out;
  for (size_t i = 0; i < bytes.size();) {
    const size_t used = decoder.decode(std::string_view(bytes).substr(i, 1), 1 << 20, out);
    if (used == 0) break;
    i += used;
  }
  if (decoder.is_malformed()) return "malformed";
  return decoder.is_ended() ? out : "more";
}

TEST(Chunked, IsDecodedByteByByte) {
  EXPECT_EQ(decoded("3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\n\r\n"), "abc0123456789");
  EXPECT_EQ(decoded("0\r\nA: b\r\nC: d\r\n\r\n"), "");
  EXPECT_EQ(decoded("3\r\nab"), "more");
}

TEST(Chunked, RefusesWhatIsNotExact) {
  for (const char* bytes :
       {"\r\n", "3\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n", "g\r\n", "-1\r\n", " 3\r\nabc", "3 \r\nabc",
        "0x3\r\nabc", "1234567890123456\r\n", "3\r\nabc\n0\r\n", "0\r\n\n", "3;\nabc"}) {
    EXPECT_EQ(decoded(bytes), "malformed") << bytes;
  }
  EXPECT_EQ(decoded("1;" + std::string(5000, 'x')), "malformed");
  EXPECT_EQ(decoded("0\r\n" + std::string(5000, 'x')), "malformed");
}

TEST(Chunked, StopsWhenThePieceIsFull) {
  ChunkedDecoder decoder;
  std::string out;
  EXPECT_EQ(decoder.decode("6\r\nabcdef\r\n", 4, out), 7U);
  EXPECT_EQ(out, "abcd");
}

}  // namespace
}  // namespace tidemill::http
