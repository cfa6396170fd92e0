// A Java regular expression that a whole name must match (GetTables.Expression).
#pragma once

#include <memory>
#include <string_view>

#include "wire/result.h"

namespace tidemill::glue {

class NamePattern {
 public:
  // InvalidInputException when it is none.
  static Result<NamePattern> parse(std::string_view pattern);
  bool matches(std::string_view name) const;

 private:
  struct Compiled;
  explicit NamePattern(std::shared_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<Compiled> compiled_;  // shared between copies of this value
};

}  // namespace tidemill::glue
