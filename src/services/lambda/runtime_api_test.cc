#include "services/lambda/runtime_api.h"

#include <gtest/gtest.h>

namespace tidemill::lambda {
namespace {

struct Exchange {
  std::optional<HttpResponse> response;
};

// The requests of a function process, answered without a network.
class RuntimeApiTest : public testing::Test {
 protected:
  std::shared_ptr<Exchange> send(const std::string& method, const std::string& path,
                                 std::string body = "") {
    HttpRequest request;
    request.method = method;
    request.target = "/2018-06-01/runtime/" + path;
    request.body = bytes_source(std::move(body));
    auto exchange = std::make_shared<Exchange>();
    start(service_(std::move(request)),
          [exchange](HttpResponse response) { exchange->response = std::move(response); });
    return exchange;
  }
  static RuntimeInvocation invocation(const std::string& id) {
    RuntimeInvocation event;
    event.request_id = id;
    event.payload = R"({"a":1})";
    event.deadline_ms = 1234;
    event.function_arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    return event;
  }

  std::shared_ptr<RuntimeApi> api_ = std::make_shared<RuntimeApi>();
  HttpService service_ = api_->service();
};

TEST_F(RuntimeApiTest, NextWaitsForAnInvocation) {
  const auto next = send("GET", "invocation/next");
  EXPECT_FALSE(next->response);
  EXPECT_TRUE(api_->asks());
  api_->offer(invocation("r-1"));
  ASSERT_TRUE(next->response);
  EXPECT_EQ(next->response->body, R"({"a":1})");
  EXPECT_EQ(next->response->headers.get("lambda-runtime-aws-request-id"), "r-1");
  EXPECT_EQ(next->response->headers.get("lambda-runtime-deadline-ms"), "1234");
}

TEST_F(RuntimeApiTest, AResponseIsTheAnswer) {
  const auto next = send("GET", "invocation/next");
  api_->offer(invocation("r-1"));
  const auto posted = send("POST", "invocation/r-1/response", "42");
  EXPECT_EQ(posted->response->status, 202);
  const auto answer = api_->take_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->payload, "42");
  EXPECT_FALSE(answer->failed);
  EXPECT_EQ(send("POST", "invocation/r-1/response", "43")->response->status, 400);
}

TEST_F(RuntimeApiTest, AnErrorFails) {
  api_->offer(invocation("r-1"));
  send("POST", "invocation/r-1/error", R"({"errorMessage":"no"})");
  const auto answer = api_->take_answer();
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->failed);
}

TEST_F(RuntimeApiTest, RefusesTheAnswerToAnotherRequest) {
  api_->offer(invocation("r-1"));
  EXPECT_EQ(send("POST", "invocation/r-2/response", "42")->response->status, 400);
  EXPECT_FALSE(api_->take_answer());
}

TEST_F(RuntimeApiTest, RefusesAResponseThatIsTooLarge) {
  api_->offer(invocation("r-1"));
  const auto posted =
      send("POST", "invocation/r-1/response", std::string(kResponseBytesMax + 1, 'x'));
  EXPECT_EQ(posted->response->status, 413);
  const auto answer = api_->take_answer();
  ASSERT_TRUE(answer);
  EXPECT_NE(answer->payload.find("Function.ResponseSizeTooLarge"), std::string::npos);
}

TEST_F(RuntimeApiTest, RemembersAnErrorOfInitialisation) {
  send("POST", "init/error", R"({"errorType":"Runtime.ImportModuleError"})");
  ASSERT_TRUE(api_->init_error());
  EXPECT_FALSE(api_->initialised());
}

TEST_F(RuntimeApiTest, ClosingEndsTheWait) {
  const auto next = send("GET", "invocation/next");
  api_->close();
  ASSERT_TRUE(next->response);
  EXPECT_EQ(next->response->status, 500);
}

TEST_F(RuntimeApiTest, HasNoOtherPaths) {
  EXPECT_EQ(send("GET", "extension/register")->response->status, 404);
  EXPECT_EQ(send("POST", "invocation//response")->response->status, 404);
}

}  // namespace
}  // namespace tidemill::lambda
