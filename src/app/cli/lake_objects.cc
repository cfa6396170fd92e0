#include "app/cli/lake_objects.h"

#include "app/cli/xml_text.h"

namespace tidemill::cli {
namespace {

std::string target_of(const std::string& bucket, const std::string& key) {
  return "/" + bucket + "/" + percent_encode(key, true);
}

Result<std::string> answer(aws::Client& client, const std::string& method, std::string target,
                           std::string body = "") {
  aws::ClientRequest request;
  request.method = method;
  request.target = std::move(target);
  request.body = std::move(body);
  auto response = client.send("s3", std::move(request));
  if (!response) return std::move(response).error();
  return std::move(response->body);
}

}  // namespace

Status create_bucket(aws::Client& client, const std::string& bucket, const std::string& region) {
  // us-east-1 must not be named.
  const std::string body =
      region == "us-east-1"
          ? ""
          : "<CreateBucketConfiguration "
            "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>" +
                region + "</LocationConstraint></CreateBucketConfiguration>";
  auto made = answer(client, "PUT", "/" + bucket, body);
  if (made || made.error().cause == "BucketAlreadyOwnedByYou") return ok();
  return std::move(made).error();
}

Status put_object(aws::Client& client, const std::string& bucket, const std::string& key,
                  std::string bytes) {
  auto put = answer(client, "PUT", target_of(bucket, key), std::move(bytes));
  if (!put) return std::move(put).error();
  return ok();
}

Result<std::string> get_object(aws::Client& client, const std::string& bucket,
                               const std::string& key) {
  return answer(client, "GET", target_of(bucket, key));
}

Result<std::vector<std::string>> list_keys(aws::Client& client, const std::string& bucket,
                                           const std::string& prefix) {
  std::vector<std::string> keys;
  std::string token;
  do {
    std::string target = "/" + bucket + "?list-type=2&prefix=" + percent_encode(prefix);
    if (!token.empty()) {
      target = "/" + bucket + "?continuation-token=" + percent_encode(token) +
               "&list-type=2&prefix=" + percent_encode(prefix);
    }
    auto page = answer(client, "GET", std::move(target));
    if (!page) return std::move(page).error();
    for (const std::string& one : Xml::all(*page, "Contents")) {
      keys.push_back(Xml::text(one, "Key"));
    }
    token = Xml::text(*page, "NextContinuationToken");
  } while (!token.empty());
  return keys;
}

ObjectAddress address_of(const std::string& url) {
  const size_t from = url.find("://") == std::string::npos ? 0 : url.find("://") + 3;
  const size_t slash = url.find('/', from);
  if (slash == std::string::npos) return {url.substr(from), ""};
  return {url.substr(from, slash - from), url.substr(slash + 1)};
}

}  // namespace tidemill::cli
