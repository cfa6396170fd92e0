// A type found from values, which may not be known yet. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/columnar/hive_type.h"
#include "wire/document.h"

namespace tidemill::columnar {

struct Guess {
  std::optional<HiveKind> kind;  // nullopt: only nulls so far
  int precision = 10;
  int scale = 0;
  std::vector<Guess> children;
  std::vector<std::string> names;
};

Guess guess_of(const HiveType& type);
Guess guess_of(const Document& value);
Guess merge(Guess left, Guess right);
HiveType type_of(const Guess& guess);  // string where nothing is known

// Columns of a struct guess: names in lower case, merged when two become one.
std::vector<HiveColumn> columns_of(const Guess& guess);

}  // namespace tidemill::columnar
