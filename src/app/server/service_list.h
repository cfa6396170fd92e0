// The list of services, made by the build from the folders in src/services.
#pragma once

#include <memory>
#include <vector>

#include "services/call/environment.h"

namespace tidemill {

struct ServiceOperations {
  const ServiceModel* model;
  std::vector<std::unique_ptr<Operation>> (*make)(Environment&);
};
std::vector<ServiceOperations> all_services();

}  // namespace tidemill
