// One HTTP request in, one HTTP response out: who calls, which operation, its input, its answer.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "door/protocols/routing.h"
#include "sys/clock.h"
#include "sys/random.h"
#include "wire/http.h"
#include "wire/operation.h"

namespace tidemill::protocols {

// Bodies that are read whole (all but streams). The largest AWS takes so is a function's archive:
// 50 MB, in base64.
inline constexpr uint64_t kBodyBytesMax = 72ULL << 20;

// What was done, for the log and the metrics.
struct Served {
  std::string_view service;  // empty when the request was not recognised
  std::string_view operation;
  int status = 0;
  int64_t nanoseconds = 0;
  const Error* error = nullptr;  // null on success
};

// Checks the signature (or only reads it, with auth off); may put a decoding source around the
// body. `service` of the identity is the signing name.
using Authenticate = std::function<Task<Result<Identity>>(HttpRequest&)>;
using Observe = std::function<void(const Served&)>;

class Dispatcher {
 public:
  Dispatcher(Operations& operations, sys::Clock& clock, sys::Random& random,
             Authenticate authenticate, Observe observe);

  // Our own pages: "/_tidemill/health". Prefixes end with '/'. Before the server listens.
  void add_page(std::string path, HttpService page);

  Task<HttpResponse> serve(HttpRequest request);

 private:
  struct Exchange;
  Task<HttpResponse> perform(Exchange& exchange);
  Task<Result<std::unique_ptr<Output>>> run(Exchange& exchange, Operation& operation);
  Task<Result<Document>> read_input(Exchange& exchange, const OperationModel& model);
  const HttpService* page_of(std::string_view path) const;

  Operations& operations_;
  sys::Clock& clock_;
  sys::Random& random_;
  Authenticate authenticate_;
  Observe observe_;
  Router router_;
  std::map<std::string, HttpService, std::less<>> pages_;
};

}  // namespace tidemill::protocols
