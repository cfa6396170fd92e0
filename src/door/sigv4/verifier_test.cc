#include "door/sigv4/verifier.h"

#include <gtest/gtest.h>

#include "door/sigv4/canonical.h"
#include "door/sigv4/digest.h"
#include "door/sigv4/test_requests.h"
#include "wire/document.h"

namespace tidemill::sigv4 {
namespace {

const std::string kHost = "examplebucket.s3.amazonaws.com";
const std::string kTime = "20130524T000000Z";
const std::string kEmpty(kEmptySha256);

HttpRequest s3_request(std::string method, std::string target,
                       std::vector<std::pair<std::string, std::string>> more,
                       const std::string& signed_headers, const std::string& signature,
                       const std::string& hash = kEmpty) {
  more.emplace_back("X-Amz-Content-Sha256", hash);
  more.emplace_back("x-amz-date", kTime);
  more.emplace_back("Authorization", s3_authorization(signed_headers, signature));
  return make_request(std::move(method), std::move(target), kHost, more);
}

HttpRequest get_object() {
  return s3_request("GET", "/test.txt", {{"Range", "bytes=0-9"}},
                    "host;range;x-amz-content-sha256;x-amz-date",
                    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

// "ok", or the error's name and message.
std::string outcome(const HttpRequest& request, std::string_view service = "s3",
                    Timestamp now = s3_time(), std::string_view body = {}) {
  Verifier verifier(example_secret);
  const Result<Verified> verified = verifier.verify(request, service, now, body);
  if (verified) return "ok";
  return std::string(verified.error().name()) + ": " + verified.error().message;
}

Timestamp minutes_later(double minutes) {
  return Timestamp{s3_time().milliseconds + static_cast<int64_t>(minutes * 60000)};
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
TEST(Verify, TakesTheExamplesOfS3) {
  EXPECT_EQ(outcome(get_object()), "ok");
  EXPECT_EQ(outcome(s3_request("PUT", "/test$file.text",
                               {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                                {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                               "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                               "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
                               "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072")),
            "ok");
  EXPECT_EQ(outcome(s3_request("GET", "/?lifecycle", {}, "host;x-amz-content-sha256;x-amz-date",
                               "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")),
            "ok");
  EXPECT_EQ(
      outcome(s3_request("GET", "/?max-keys=2&prefix=J", {}, "host;x-amz-content-sha256;x-amz-date",
                         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")),
      "ok");
}

HttpRequest suite_request(const std::string& target, const std::string& signature) {
  return make_request(
      "GET", target, "example.amazonaws.com",
      {{"X-Amz-Date", "20150830T123600Z"},
       {"Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=" +
            signature}});
}

const Timestamp kSuiteTime = *parse_time("20150830T123600Z");

TEST(Verify, TakesTheExamplesOfTheTestSuite) {
  EXPECT_EQ(outcome(suite_request(
                        "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
                    "service", kSuiteTime),
            "ok");
  EXPECT_EQ(
      outcome(suite_request("/?Param2=value2&Param1=value1",
                            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
              "service", kSuiteTime),
      "ok");
  EXPECT_EQ(
      outcome(suite_request("/example/..",
                            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
              "service", kSuiteTime),
      "ok");
}

TEST(Verify, AnswersAccountAndSigningKey) {
  Verifier verifier(example_secret);
  const auto verified = verifier.verify(
      suite_request("/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
      "service", kSuiteTime);
  ASSERT_TRUE(verified.has_value());
  EXPECT_EQ(verified->account, "123456789012");
  EXPECT_EQ(verified->credential.region, "us-east-1");
  EXPECT_EQ(verified->signing.scope, "20150830/us-east-1/service/aws4_request");
}

TEST(Verify, SignsTheAuthorityOfHttp2) {
  HttpRequest request = make_request("POST", "/", "localhost:4566", {{"x-amz-date", kTime}});
  const std::string canonical = "POST\n/\n\n:authority:localhost:4566\nx-amz-date:" + kTime +
                                "\n\n:authority;x-amz-date\n" + sha256_hex("{}");
  std::string key = hmac_sha256(std::string("AWS4") + kS3Secret, "20130524");
  for (const char* part : {"us-east-1", "kinesis", "aws4_request"}) key = hmac_sha256(key, part);
  const std::string signature = hex_encode(
      hmac_sha256(key, "AWS4-HMAC-SHA256\n" + kTime +
                           "\n20130524/us-east-1/kinesis/aws4_request\n" + sha256_hex(canonical)));
  request.headers.add("authorization", std::string("AWS4-HMAC-SHA256 Credential=") + kS3Key +
                                           "/20130524/us-east-1/kinesis/aws4_request, "
                                           "SignedHeaders=:authority;x-amz-date, Signature=" +
                                           signature);
  EXPECT_TRUE(needs_body(request, false));
  EXPECT_EQ(outcome(request, "kinesis", s3_time(), "{}"), "ok");
  EXPECT_TRUE(outcome(request, "kinesis", s3_time(), "{ }")
                  .starts_with("InvalidSignatureException: The request signature we calculated"));
}

TEST(Verify, RefusesAChangedRequest) {
  HttpRequest request = get_object();
  request.target = "/test2.txt";
  EXPECT_EQ(outcome(request),
            "SignatureDoesNotMatch: The request signature we calculated does not match the "
            "signature you provided. Check your key and signing method.");
  request = get_object();
  request.method = "PUT";
  EXPECT_TRUE(outcome(request).starts_with("SignatureDoesNotMatch"));
  request = get_object();
  request.headers.set("range", "bytes=0-99");
  EXPECT_TRUE(outcome(request).starts_with("SignatureDoesNotMatch"));
  request = get_object();
  request.authority = "other.s3.amazonaws.com";
  EXPECT_TRUE(outcome(request).starts_with("SignatureDoesNotMatch"));
  request = get_object();
  request.headers.add("x-amz-acl", "public-read");
  EXPECT_EQ(outcome(request),
            "AccessDenied: There were headers present in the request which were not signed");
}

TEST(Verify, RefusesAnUnknownKeyAndAMissingSignature) {
  const HttpRequest anonymous = make_request("GET", "/", kHost, {});
  EXPECT_EQ(outcome(anonymous), "AccessDenied: Access Denied");
  EXPECT_EQ(outcome(anonymous, "dynamodb"),
            "MissingAuthenticationTokenException: Missing Authentication Token");
  HttpRequest unknown = suite_request("/", std::string(64, '0'));
  unknown.headers.set("authorization",
                      "AWS4-HMAC-SHA256 Credential=AKIDOTHER/20150830/us-east-1/s3/aws4_request, "
                      "SignedHeaders=host;x-amz-date, Signature=00");
  EXPECT_TRUE(outcome(unknown).starts_with("InvalidAccessKeyId: The AWS Access Key Id you"));
  EXPECT_EQ(outcome(unknown, "sqs"),
            "UnrecognizedClientException: The security token included in the request is invalid.");
}

TEST(Verify, RefusesATimeTooFarAway) {
  EXPECT_EQ(outcome(get_object(), "s3", minutes_later(14.9)), "ok");
  EXPECT_EQ(outcome(get_object(), "s3", minutes_later(-14.9)), "ok");
  for (const double minutes : {15.1, -15.1}) {
    EXPECT_EQ(outcome(get_object(), "s3", minutes_later(minutes)),
              "RequestTimeTooSkewed: The difference between the request time and the current time "
              "is too large.");
  }
  const HttpRequest request = suite_request("/", std::string(64, '0'));
  EXPECT_EQ(outcome(request, "service", *parse_time("20150830T130000Z")),
            "InvalidSignatureException: Signature expired: 20150830T123600Z is now earlier than "
            "20150830T124500Z (20150830T130000Z - 15 min.)");
  EXPECT_EQ(outcome(request, "service", *parse_time("20150830T120000Z")),
            "InvalidSignatureException: Signature not yet current: 20150830T123600Z is still later "
            "than 20150830T121500Z (20150830T120000Z + 15 min.)");
}

TEST(Verify, RefusesAnotherServiceOrDate) {
  EXPECT_EQ(outcome(suite_request("/", "00"), "dynamodb", kSuiteTime),
            "InvalidSignatureException: Credential should be scoped to correct service: "
            "'dynamodb'.");
  HttpRequest request = suite_request("/", "00");
  request.headers.set("x-amz-date", "20150831T000000Z");
  EXPECT_TRUE(outcome(request, "service", kSuiteTime)
                  .starts_with("InvalidSignatureException: Date in Credential scope does not"));
}

TEST(Verify, RefusesAMalformedAuthorization) {
  HttpRequest request = suite_request("/", "00");
  for (const char* header :
       {"AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/service/aws4_request",
        "AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=1",
        "AWS4-ECDSA-P256-SHA256 Credential=a, SignedHeaders=host, Signature=1", "AWS key:sig",
        "Basic abc"}) {
    request.headers.set("authorization", header);
    EXPECT_TRUE(outcome(request, "service", kSuiteTime).starts_with("IncompleteSignature"))
        << header;
    EXPECT_FALSE(outcome(request, "s3", kSuiteTime).starts_with("ok")) << header;
  }
  request.headers.set("authorization",
                      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/"
                      "aws4_request, SignedHeaders=x-amz-date, Signature=1");
  EXPECT_EQ(outcome(request, "service", kSuiteTime),
            "InvalidSignatureException: 'Host' or ':authority' must be a 'SignedHeader' in the "
            "AWS Authorization.");
}

TEST(Verify, WantsThePayloadHashForS3) {
  HttpRequest request = make_request(
      "GET", "/", kHost,
      {{"x-amz-date", kTime}, {"authorization", s3_authorization("host;x-amz-date", "0")}});
  EXPECT_TRUE(outcome(request).starts_with("InvalidRequest: Missing required header"));
  EXPECT_FALSE(needs_body(request, true));
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
HttpRequest presigned(const std::string& expires = "86400") {
  return make_request(
      "GET",
      "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524"
      "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=" +
          expires +
          "&X-Amz-SignedHeaders=host&X-Amz-Signature="
          "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
      kHost, {});
}

TEST(Presigned, IsTakenUntilItExpires) {
  EXPECT_EQ(outcome(presigned()), "ok");
  EXPECT_EQ(outcome(presigned(), "s3", minutes_later(24 * 60)), "ok");
  EXPECT_EQ(outcome(presigned(), "s3", minutes_later(24 * 60 + 1)),
            "AccessDenied: Request has expired");
  EXPECT_EQ(outcome(presigned(), "s3", minutes_later(-16)),
            "AccessDenied: Request is not yet valid");
}

TEST(Presigned, IsRefusedWhenChangedOrMalformed) {
  EXPECT_TRUE(outcome(presigned("86401")).starts_with("SignatureDoesNotMatch"));
  EXPECT_TRUE(outcome(presigned("604801")).find("must be less than a week") != std::string::npos);
  EXPECT_TRUE(outcome(presigned("-1")).find("must be non-negative") != std::string::npos);
  EXPECT_TRUE(outcome(presigned("99999999999999999999")).find("week") != std::string::npos);
  EXPECT_TRUE(outcome(presigned("x")).find("should be a number") != std::string::npos);
  EXPECT_TRUE(
      outcome(presigned("")).starts_with("AuthorizationQueryParametersError: Query-string"));
  HttpRequest both = presigned();
  both.headers.add("authorization", "AWS4-HMAC-SHA256 x");
  EXPECT_TRUE(outcome(both).starts_with("InvalidArgument: Only one auth mechanism"));
}

TEST(Presigned, SaysWhoItClaimsToBe) {
  const auto claimed = claimed_identity(presigned());
  ASSERT_TRUE(claimed.has_value());
  EXPECT_EQ(claimed->access_key, kS3Key);
  EXPECT_EQ(claimed->service, "s3");
}

TEST(ClaimedIdentity, IsReadWithoutVerifying) {
  HttpRequest request = make_request(
      "POST", "/", "localhost:4566",
      {{"Authorization",
        "AWS4-HMAC-SHA256 Credential=111122223333/20150830/eu-west-1/dynamodb/aws4_request, x"}});
  const auto claimed = claimed_identity(request);
  ASSERT_TRUE(claimed.has_value());
  EXPECT_EQ(claimed->region, "eu-west-1");
  EXPECT_EQ(account_of(claimed->access_key), "111122223333");
  EXPECT_EQ(account_of("test"), "000000000000");
  request.headers.set("authorization", "AWS test:signature");
  EXPECT_EQ(claimed_identity(request)->access_key, "test");
  request.headers.set("authorization", "Bearer x");
  EXPECT_FALSE(claimed_identity(request).has_value());
  EXPECT_FALSE(claimed_identity(make_request("GET", "/?X-Amz-Credential=a", "a", {})).has_value());
}

TEST(Verify, ChecksTheSessionToken) {
  const auto lookup = [](std::string_view) {
    return std::optional<Secret>(Secret{kSuiteSecret, "", "token", Timestamp{1}});
  };
  Verifier verifier(lookup);
  HttpRequest request =
      suite_request("/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  auto verified = verifier.verify(request, "service", kSuiteTime);
  ASSERT_FALSE(verified.has_value());
  EXPECT_EQ(verified.error().name(), "UnrecognizedClientException");
  request.headers.add("x-amz-security-token", "token");
  verified = verifier.verify(request, "service", kSuiteTime);
  ASSERT_FALSE(verified.has_value());
  EXPECT_EQ(verified.error().name(), "ExpiredTokenException");
}

TEST(Canonical, PathDependsOnTheService) {
  EXPECT_EQ(canonical_path("/a%20b/../c//d", true), "/a%20b/../c//d");
  EXPECT_EQ(canonical_path("/a%20b/../c//d/", false), "/c/d/");
  EXPECT_EQ(canonical_path("/functions/a%3Ab", false), "/functions/a%253Ab");
  EXPECT_EQ(canonical_path("/test$file", true), "/test%24file");
  EXPECT_EQ(canonical_path("", true), "/");
  EXPECT_EQ(canonical_path("/..", false), "/");
}

TEST(Canonical, ValuesLoseTheirExtraSpaces) {
  const HttpRequest request =
      make_request("GET", "/", "h", {{"A", "  1   2  "}, {"B", "x"}, {"a", "3"}});
  EXPECT_EQ(canonical_headers(request, {"a", "b", "c"}), "a:1 2,3\nb:x\nc:\n");
}

TEST(Times, AreReadStrictly) {
  EXPECT_EQ(parse_time("Fri, 24 May 2013 00:00:00 GMT"), s3_time());
  EXPECT_EQ(iso_time(s3_time()), "2013-05-24T00:00:00Z");
  for (const char* text :
       {"", "20130524", "20130524T000000", "20131324T000000Z", "20130524T250000Z",
        "2013052aT000000Z", "Fri, 24 Mai 2013 00:00:00 GMT", "Fri, 24 May 2013 00:00:00 CET"})
    EXPECT_FALSE(parse_time(text).has_value()) << text;
}

TEST(Keys, AreReadFromAFile) {
  const auto keys = parse_keys(
      "# ours\n[default]\naws_access_key_id = A\r\naws_secret_access_key= s=/+ \n"
      "region = eu-west-1\n\n[two]\naws_access_key_id=B\naws_secret_access_key=t\n"
      "aws_account_id=111122223333\n");
  ASSERT_TRUE(keys.has_value());
  EXPECT_EQ(keys->at("A").secret_access_key, "s=/+");
  EXPECT_EQ(keys->at("B").account, "111122223333");
}

TEST(Keys, AreRefusedWhenTheFileIsWrong) {
  for (const char* text : {"aws_access_key_id=A\n", "[a]\naws_access_key_id=A\n", "[a]\nhello\n",
                           "[a]\naws_access_key_id=A\naws_secret_access_key=s\n"
                           "[b]\naws_access_key_id=A\naws_secret_access_key=s\n"})
    EXPECT_FALSE(parse_keys(text).has_value()) << text;
}

}  // namespace
}  // namespace tidemill::sigv4
