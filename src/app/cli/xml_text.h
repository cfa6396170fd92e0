// Answers in XML, read by path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/result.h"

namespace tidemill::cli {

// An element of an XML answer as its own text. Names have no prefix; entities are decoded by
// text().
class Xml {
 public:
  // The first element of that name anywhere below, depth first; empty text when there is none.
  static std::string text(std::string_view xml, const std::string& name);
  // The XML of each element of that name, outermost first, not looking into the ones found.
  static std::vector<std::string> all(std::string_view xml, const std::string& name);
};

}  // namespace tidemill::cli
