#include "door/sigv4/payload.h"

#include <gtest/gtest.h>

#include "door/sigv4/digest.h"
#include "door/sigv4/test_requests.h"

namespace tidemill::sigv4 {
namespace {

// Gives `bytes` in pieces of `piece_bytes`.
class Sliced : public ByteSource {
 public:
  Sliced(std::string bytes, size_t piece_bytes)
      : bytes_(std::move(bytes)), piece_bytes_(piece_bytes) {}
  Task<Result<std::string>> read() override {
    std::string piece = bytes_.substr(0, piece_bytes_);
    bytes_.erase(0, piece_bytes_);
    co_return piece;
  }

 private:
  std::string bytes_;
  size_t piece_bytes_;
};

// The decoded body, or the error's name.
std::string decoded(const std::string& encoded, const ChunkedForm& form,
                    size_t piece_bytes = 1 << 20) {
  const auto source = aws_chunked_source(std::make_unique<Sliced>(encoded, piece_bytes), form);
  const Result<std::string> all = run_now(read_all(*source, 1 << 22));
  return all ? *all : std::string(all.error().name());
}

const std::string kBody(66560, 'a');

std::string chunk(const std::string& signature, const std::string& size, const std::string& bytes) {
  return size + ";chunk-signature=" + signature + "\r\n" + bytes + "\r\n";
}

ChunkSigning signing_with(const std::string& seed) {
  std::string key = hmac_sha256(std::string("AWS4") + kS3Secret, "20130524");
  for (const char* part : {"us-east-1", "s3", "aws4_request"}) key = hmac_sha256(key, part);
  return ChunkSigning{key, "20130524T000000Z", "20130524/us-east-1/s3/aws4_request", seed};
}

ChunkedForm signed_form(const std::string& seed) {
  ChunkedForm form;
  form.is_signed = true;
  form.signing = signing_with(seed);
  form.decoded_bytes = kBody.size();
  return form;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
const std::string kSeed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
const std::string kSigned =
    chunk("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", "10000",
          std::string(65536, 'a')) +
    chunk("0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", "400",
          std::string(1024, 'a')) +
    chunk("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9", "0", "");

TEST(AwsChunked, TakesTheSignedExampleOfS3) {
  EXPECT_EQ(decoded(kSigned, signed_form(kSeed)), kBody);
  EXPECT_EQ(decoded(kSigned, signed_form(kSeed), 997), kBody);
}

TEST(AwsChunked, RefusesAChangedChunk) {
  for (const size_t at : {100U, 65700U}) {
    std::string changed = kSigned;
    changed[at] = 'b';
    EXPECT_EQ(decoded(changed, signed_form(kSeed)), "SignatureDoesNotMatch");
  }
  EXPECT_EQ(decoded(kSigned, signed_form(std::string(64, '0'))), "SignatureDoesNotMatch");
}

TEST(AwsChunked, RefusesABodyWithoutItsEnd) {
  const size_t last = kSigned.rfind("0;chunk");
  EXPECT_EQ(decoded(kSigned.substr(0, last), signed_form(kSeed)), "IncompleteBody");
  EXPECT_EQ(decoded(kSigned.substr(0, 5000), signed_form(kSeed)), "IncompleteBody");
  EXPECT_EQ(decoded("", signed_form(kSeed)), "IncompleteBody");
  ChunkedForm longer = signed_form(kSeed);
  longer.decoded_bytes += 1;
  EXPECT_EQ(decoded(kSigned, longer), "IncompleteBody");
  ChunkedForm shorter = signed_form(kSeed);
  shorter.decoded_bytes -= 1;
  EXPECT_EQ(decoded(kSigned, shorter), "IncompleteBody");
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
const std::string kTrailerSeed = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
const std::string kTrailing =
    chunk("b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2", "10000",
          std::string(65536, 'a')) +
    chunk("1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7", "400",
          std::string(1024, 'a')) +
    "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
    "x-amz-checksum-crc32c:sOO8/Q==\r\n"
    "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n"
    "\r\n";

TEST(AwsChunked, TakesTheTrailerExampleOfS3) {
  ChunkedForm form = signed_form(kTrailerSeed);
  form.trailers = {"x-amz-checksum-crc32c"};
  const auto source = aws_chunked_source(bytes_source(kTrailing), form);
  EXPECT_EQ(source->length(), 66560U);
  EXPECT_EQ(source->trailers(), nullptr);
  const auto all = run_now(read_all(*source, 1 << 20));
  ASSERT_TRUE(all.has_value());
  EXPECT_EQ(*all, kBody);
  ASSERT_NE(source->trailers(), nullptr);
  EXPECT_EQ(source->trailers()->get("x-amz-checksum-crc32c"), "sOO8/Q==");
  EXPECT_EQ(decoded(kTrailing, form, 1013), kBody);
}

TEST(AwsChunked, RefusesAChangedOrMissingTrailer) {
  ChunkedForm form = signed_form(kTrailerSeed);
  std::string changed = kTrailing;
  changed.replace(changed.find("sOO8"), 4, "sOO9");
  EXPECT_EQ(decoded(changed, form), "SignatureDoesNotMatch");
  form.trailers = {"X-Amz-Checksum-Sha256"};
  EXPECT_EQ(decoded(kTrailing, form), "MalformedTrailerError");
}

TEST(AwsChunked, DecodesWithoutVerifyingWhenNobodyAsks) {
  ChunkedForm form = signed_form(kSeed);
  form.signing.reset();
  std::string changed = kSigned;
  changed[200] = 'b';
  EXPECT_EQ(decoded(changed, form).size(), kBody.size());
}

ChunkedForm unsigned_form(uint64_t bytes) {
  ChunkedForm form;
  form.decoded_bytes = bytes;
  return form;
}

TEST(AwsChunked, DecodesUnsignedChunksWithTrailers) {
  EXPECT_EQ(decoded("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", unsigned_form(5)),
            "hello");
  EXPECT_EQ(decoded("0\r\n\r\n", unsigned_form(0)), "");
  EXPECT_EQ(decoded("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n", unsigned_form(0)), "");
}

TEST(AwsChunked, RefusesWhatIsNotExact) {
  for (const char* bytes : {"g\r\n", "\r\n", "-5\r\nhello\r\n0\r\n\r\n", "5 \r\nhello\r\n0\r\n\r\n",
                            "5\r\nhelloXX0\r\n\r\n", "FFFFFFFFFFFFFFFF\r\n", "5\r\nhel"})
    EXPECT_EQ(decoded(bytes, unsigned_form(5)), "IncompleteBody") << bytes;
  EXPECT_EQ(decoded(std::string(10000, '1'), unsigned_form(5)), "IncompleteBody");
  EXPECT_EQ(decoded("5\r\nhello\r\n0\r\nno colon\r\n\r\n", unsigned_form(5)),
            "MalformedTrailerError");
  EXPECT_EQ(decoded("5\r\nhello\r\n0\r\n" + std::string(10000, 'x'), unsigned_form(5)),
            "MalformedTrailerError");
  EXPECT_EQ(decoded("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", unsigned_form(10)),
            "InvalidChunkSizeError");
}

// ---- by the headers

HttpRequest upload(std::vector<std::pair<std::string, std::string>> fields, std::string body) {
  HttpRequest request = make_request("PUT", "/b/k", "localhost", fields);
  request.body = bytes_source(std::move(body));
  return request;
}

std::string body_of(HttpRequest& request) {
  const Result<std::string> all = run_now(read_all(*request.body, 1 << 20));
  return all ? *all : std::string(all.error().name());
}

TEST(DecodeBody, UnwrapsWhatTheHeadersSay) {
  HttpRequest request = upload({{"x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
                                {"content-encoding", "gzip, aws-chunked"},
                                {"x-amz-decoded-content-length", "5"},
                                {"x-amz-trailer", "x-amz-checksum-crc32"}},
                               "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
  ASSERT_TRUE(decode_body(request, nullptr, false).has_value());
  EXPECT_EQ(request.headers.get("content-encoding"), "gzip");
  EXPECT_EQ(request.body->length(), 5U);
  EXPECT_EQ(body_of(request), "hello");
}

TEST(DecodeBody, DropsAnEncodingOfChunksAlone) {
  HttpRequest request = upload(
      {{"content-encoding", "aws-chunked"}, {"x-amz-decoded-content-length", "0"}}, "0\r\n\r\n");
  ASSERT_TRUE(decode_body(request, nullptr, false).has_value());
  EXPECT_EQ(request.headers.find("content-encoding"), nullptr);
  EXPECT_EQ(body_of(request), "");
}

TEST(DecodeBody, ChecksTheHashOfAPlainBody) {
  HttpRequest good = upload({{"x-amz-content-sha256", sha256_hex("hello")}}, "hello");
  ASSERT_TRUE(decode_body(good, nullptr, true).has_value());
  EXPECT_EQ(body_of(good), "hello");
  HttpRequest bad = upload({{"x-amz-content-sha256", sha256_hex("hello")}}, "hallo");
  ASSERT_TRUE(decode_body(bad, nullptr, true).has_value());
  EXPECT_EQ(body_of(bad), "XAmzContentSHA256Mismatch");
  HttpRequest unchecked = upload({{"x-amz-content-sha256", sha256_hex("hello")}}, "hallo");
  ASSERT_TRUE(decode_body(unchecked, nullptr, false).has_value());
  EXPECT_EQ(body_of(unchecked), "hallo");
}

TEST(DecodeBody, RefusesUnknownKindsAndMissingLengths) {
  HttpRequest asymmetric =
      upload({{"x-amz-content-sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"}}, "");
  EXPECT_EQ(decode_body(asymmetric, nullptr, true).error().name(), "InvalidRequest");
  HttpRequest no_length =
      upload({{"x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}}, "");
  EXPECT_EQ(decode_body(no_length, nullptr, true).error().name(), "MissingContentLength");
  HttpRequest not_a_hash = upload({{"x-amz-content-sha256", "abc"}}, "");
  EXPECT_EQ(decode_body(not_a_hash, nullptr, true).error().name(), "InvalidArgument");
}

}  // namespace
}  // namespace tidemill::sigv4
