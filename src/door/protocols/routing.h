// Which operation a request asks for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "wire/http.h"
#include "wire/operation.h"

namespace tidemill::protocols {

// Who calls, as the signature says it (verified or not: that is the door's option).
struct Identity {
  std::string access_key;
  std::string account;  // empty: the default one
  std::string region;
  std::string service;  // signing name: "dynamodb"; empty when nothing says it
};

enum class Format : uint8_t { kJson10, kJson11, kCbor, kQuery, kRestJson, kRestXml };

struct Route {
  const ServiceModel* service = nullptr;
  const OperationRoute* operation = nullptr;  // in AWS's model, maybe not in services/
  Format format = Format::kJson10;
  std::map<std::string, std::string> uri{};  // labels of the path, decoded
};

class Router {
 public:
  explicit Router(const std::vector<const ServiceModel*>& services);

  // By X-Amz-Target, by the Action of a form, or by method and path. `form` holds the fields of an
  // awsQuery request (of its query string or its body). UnknownOperationException when AWS has no
  // such operation, NotImplemented for a service we do not have.
  Result<Route> route(const HttpRequest& request, const Identity& identity,
                      const std::vector<std::pair<std::string, std::string>>& form) const;

 private:
  struct Template {
    const OperationRoute* operation;
    std::vector<std::string_view> segments;
    std::vector<std::pair<std::string_view, std::string_view>> query;  // literals: name, value
  };
  struct Rest {
    const ServiceModel* service;
    std::unordered_map<std::string_view, std::vector<Template>> by_method;
  };
  Result<Route> by_target(std::string_view target, std::string_view content_type) const;
  Result<Route> by_action(const Identity& identity,
                          const std::vector<std::pair<std::string, std::string>>& form) const;
  Result<Route> by_path(const HttpRequest& request, const Identity& identity) const;
  const Rest* rest_service(const HttpRequest& request, const Identity& identity) const;

  std::unordered_map<std::string_view, const ServiceModel*> targets_;
  std::vector<const ServiceModel*> query_services_;
  std::vector<Rest> rest_;
};

// The service of a model by its signing name or folder.
bool is_named(const ServiceModel& service, std::string_view name);

}  // namespace tidemill::protocols
