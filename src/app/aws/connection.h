// One HTTP/1.1 connection of a client, kept alive between exchanges. Blocking, one thread.
#pragma once

#include <memory>
#include <string>

#include "wire/http.h"
#include "wire/result.h"

namespace tidemill::aws {

struct ClientRequest {
  std::string method = "POST";
  std::string target = "/";  // path and query, encoded
  Headers headers;           // without host and content-length
  std::string body;
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
};

class Connection {
 public:
  // "http://127.0.0.1:4566" or "https://dynamodb.us-east-1.amazonaws.com". Connects when first
  // used.
  explicit Connection(const std::string& url);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  // Sends and waits for the whole answer. Connects anew once when the peer had closed the kept
  // connection before it took the request. InputOutput says what failed.
  Result<ClientResponse> exchange(const ClientRequest& request);

  const std::string& authority() const;  // as in the Host header

 private:
  struct Socket;
  Status connect();
  Result<ClientResponse> attempt(const std::string& bytes, bool head);
  std::unique_ptr<Socket> socket_;
};

}  // namespace tidemill::aws
