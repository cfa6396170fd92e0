// A client of AWS's APIs, ours or AWS's: signs, sends, and reads answers and errors. Blocking, one
// thread. For the command line and for the pipelines' functions; nothing of the server uses it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "app/aws/connection.h"
#include "app/aws/credentials.h"
#include "wire/bytes.h"

namespace tidemill::aws {

struct ClientOptions {
  std::string endpoint;  // empty: AWS's own endpoint of each service
  std::string region;
  Credentials credentials;
  std::function<Timestamp()> now;  // for signatures
};

class Client {
 public:
  explicit Client(ClientOptions options) : options_(std::move(options)) {}

  // One signed exchange with a service ("dynamodb": endpoint prefix and signing name). A status of
  // 300 or more is an Error that holds AWS's code and message; 5xx, throttling and broken
  // connections are tried again up to kAttempts times with growing waits.
  Result<ClientResponse> send(const std::string& service, ClientRequest request);

  // awsJson: `target` is "DynamoDB_20120810.PutItem".
  Result<std::string> call_json(const std::string& service, const std::string& target,
                                std::string body, std::string_view version = "1.0");
  // awsQuery: fields without Action and Version.
  Result<std::string> call_query(const std::string& service, const std::string& version,
                                 const std::string& action,
                                 const std::map<std::string, std::string>& fields);

  static constexpr int kAttempts = 5;

 private:
  void sign(const std::string& service, ClientRequest& request, const std::string& authority) const;
  Connection& connection(const std::string& service);
  ClientOptions options_;
  std::map<std::string, Connection> connections_;  // by service, or one for the endpoint
};

}  // namespace tidemill::aws
