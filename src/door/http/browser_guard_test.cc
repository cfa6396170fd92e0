#include "door/http/browser_guard.h"

#include <gtest/gtest.h>

namespace tidemill::http {
namespace {

HttpRequest request_to(std::string authority,
                       const std::vector<std::pair<std::string, std::string>>& fields = {}) {
  HttpRequest request;
  request.authority = std::move(authority);
  for (const auto& [name, value] : fields) request.headers.add(name, value);
  return request;
}

bool passes(const HttpRequest& request) {
  BrowserPolicy policy;
  policy.console_origins = {"http://localhost:4566"};
  policy.is_allowed_by_cors = [](const HttpRequest&, std::string_view origin) {
    return origin == "https://shop.example";
  };
  return check_browser(request, policy).has_value();
}

TEST(BrowserGuard, LetsProgramsIn) {
  for (const char* authority :
       {"localhost", "localhost:4566", "127.0.0.1:4566", "[::1]:4566", "10.0.0.7", "LOCALHOST.",
        "bucket.s3.localhost:4566", "s3.us-east-1.amazonaws.com",
        "b.s3.localhost.localstack.cloud:4566", ""})
    EXPECT_TRUE(passes(request_to(authority))) << authority;
}

TEST(BrowserGuard, RefusesNamesThatAreNotOurs) {
  for (const char* authority :
       {"evil.example", "evil.example:4566", "localhost.evil.example", "notlocalhost",
        "evilamazonaws.com", "127.0.0.1.evil.example", "127.1.evil", ".localhost."})
    EXPECT_FALSE(passes(request_to(authority))) << authority;
}

TEST(BrowserGuard, RefusesOtherSitesPages) {
  EXPECT_FALSE(passes(request_to("localhost:4566", {{"Origin", "https://evil.example"}})));
  EXPECT_FALSE(passes(request_to("localhost:4566", {{"Origin", "null"}})));
  EXPECT_FALSE(passes(request_to("localhost:4566", {{"Origin", ""}})));
  EXPECT_FALSE(passes(request_to("localhost:4566", {{"Origin", "http://localhost:4567"}})));
  EXPECT_FALSE(passes(request_to("localhost:4566", {{"Sec-Fetch-Site", "cross-site"}})));
  EXPECT_FALSE(passes(request_to("localhost:4566", {{"Sec-Fetch-Site", "same-site"}})));
}

TEST(BrowserGuard, LetsTheConsoleNavigationAndCorsIn) {
  EXPECT_TRUE(passes(request_to("localhost:4566", {{"Origin", "http://localhost:4566"}})));
  EXPECT_TRUE(passes(request_to("localhost:4566", {{"Sec-Fetch-Site", "none"}})));
  EXPECT_TRUE(passes(request_to("localhost:4566", {{"Sec-Fetch-Site", "same-origin"}})));
  EXPECT_TRUE(passes(request_to("localhost:4566", {{"Origin", "https://shop.example"}})));
}

}  // namespace
}  // namespace tidemill::http
