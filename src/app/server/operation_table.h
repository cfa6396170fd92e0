// Every operation of the program, found by service and name.
#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "wire/operation.h"

namespace tidemill {

struct Environment;

class OperationTable : public Operations {
 public:
  // The operations refer to `environment`, which refers to this table: filled in two steps.
  void fill(Environment& environment);

  Operation* find(std::string_view service, std::string_view operation) override;
  const std::vector<const ServiceModel*>& services() const override { return services_; }
  std::vector<const OperationModel*> operations() const override;

 private:
  std::vector<const ServiceModel*> services_;
  std::vector<std::unique_ptr<Operation>> operations_;
  std::unordered_map<std::string_view, std::unordered_map<std::string_view, Operation*>> by_name_;
};

}  // namespace tidemill
