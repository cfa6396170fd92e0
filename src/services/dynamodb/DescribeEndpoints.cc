// The one endpoint there is.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html
#include "shapes/dynamodb/DescribeEndpoints.h"

#include "services/call/operation.h"

namespace tidemill::dynamodb {
namespace {
constexpr int64_t kCacheMinutes = 1440;
}

Result<DescribeEndpointsOutput> DescribeEndpoints(const Query& query, DescribeEndpointsInput) {
  const std::string& url = query.environment.endpoint_url;
  const size_t scheme = url.find("://");
  const std::string address = scheme == std::string::npos ? url : url.substr(scheme + 3);
  DescribeEndpointsOutput out;
  out.Endpoints.push_back({address, kCacheMinutes});
  return out;
}

OPERATION(DescribeEndpoints);

}  // namespace tidemill::dynamodb
