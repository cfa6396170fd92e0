#include "app/cli/xml_text.h"

#include <pugixml.hpp>
#include <sstream>

namespace tidemill::cli {
namespace {

void collect(const pugi::xml_node& node, const std::string& name,
             std::vector<pugi::xml_node>& found) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.name() == name) {
      found.push_back(child);
    } else {
      collect(child, name, found);
    }
  }
}

std::vector<pugi::xml_node> elements(const pugi::xml_document& document, const std::string& name) {
  std::vector<pugi::xml_node> found;
  collect(document, name, found);
  return found;
}

}  // namespace

std::string Xml::text(std::string_view xml, const std::string& name) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return "";
  const auto found = elements(document, name);
  return found.empty() ? "" : found.front().text().get();
}

std::vector<std::string> Xml::all(std::string_view xml, const std::string& name) {
  pugi::xml_document document;
  std::vector<std::string> texts;
  if (!document.load_buffer(xml.data(), xml.size())) return texts;
  for (const pugi::xml_node& node : elements(document, name)) {
    std::ostringstream out;
    node.print(out, "", pugi::format_raw);
    texts.push_back(out.str());
  }
  return texts;
}

}  // namespace tidemill::cli
