#include "app/server/operation_table.h"

#include "app/server/service_list.h"

namespace tidemill {

void OperationTable::fill(Environment& environment) {
  for (const ServiceOperations& service : all_services()) {
    services_.push_back(service.model);
    auto& names = by_name_[service.model->folder];
    for (auto& operation : service.make(environment)) {
      names.emplace(operation->model().name, operation.get());
      operations_.push_back(std::move(operation));
    }
  }
}

Operation* OperationTable::find(std::string_view service, std::string_view operation) {
  const auto names = by_name_.find(service);
  if (names == by_name_.end()) return nullptr;
  const auto found = names->second.find(operation);
  return found == names->second.end() ? nullptr : found->second;
}

std::vector<const OperationModel*> OperationTable::operations() const {
  std::vector<const OperationModel*> models;
  for (const auto& operation : operations_) models.push_back(&operation->model());
  return models;
}

}  // namespace tidemill
