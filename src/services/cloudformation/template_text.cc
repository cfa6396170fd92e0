#include "services/cloudformation/template_text.h"

#include <yaml-cpp/yaml.h>

#include <regex>

#include "wire/json.h"

namespace tidemill::cloudformation {
namespace {

Error refuse(const std::string& reason) {
  return errors::ValidationError("Template format error: " + reason);
}

bool is_number(const std::string& text) {
  static const std::regex pattern(R"(-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?)");
  return text.size() <= 40 && std::regex_match(text, pattern);
}

Document plain_scalar(const std::string& text) {
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
    return Document();
  }
  if (is_number(text)) return Document::Number{text};
  return text;
}

// {"Fn::GetAtt": ...}: "a.b" is [a, b].
Document intrinsic(const std::string& tag, Document value) {
  const std::string name = tag.substr(1);
  if (name == "GetAtt" && value.is_string()) {
    const std::string text = value.as_string();
    const size_t dot = text.find('.');
    Document parts = Document::array();
    parts.push(text.substr(0, dot));
    if (dot != std::string::npos) parts.push(text.substr(dot + 1));
    value = std::move(parts);
  }
  Document out;
  out.set(name == "Ref" || name == "Condition" ? name : "Fn::" + name, std::move(value));
  return out;
}

class Reader {
 public:
  Result<Document> read(const YAML::Node& node, int depth) {
    if (depth > kTemplateDepthMax) return refuse("nested too deeply");
    if (++nodes_ > kTemplateNodesMax) return refuse("too many nodes");
    Result<Document> value = read_untagged(node, depth);
    if (!value) return value;
    const std::string tag = node.Tag();
    if (tag.size() < 2 || tag[0] != '!' || tag.starts_with("tag:")) return value;
    return intrinsic(tag, *std::move(value));
  }

 private:
  Result<Document> read_untagged(const YAML::Node& node, int depth) {
    if (node.IsSequence()) return read_sequence(node, depth);
    if (node.IsMap()) return read_map(node, depth);
    if (!node.IsScalar()) return Document();
    const std::string tag = node.Tag();
    if (tag == "?" || tag.empty()) return plain_scalar(node.Scalar());
    return Document(node.Scalar());
  }
  Result<Document> read_sequence(const YAML::Node& node, int depth) {
    Document out = Document::array();
    for (const auto& element : node) {
      Result<Document> value = read(element, depth + 1);
      if (!value) return value;
      out.push(*std::move(value));
    }
    return out;
  }
  Result<Document> read_map(const YAML::Node& node, int depth) {
    Document out = Document::object();
    for (const auto& member : node) {
      if (!member.first.IsScalar()) return refuse("map keys must be strings");
      const std::string key = member.first.Scalar();
      if (out.find(key)) return refuse("duplicate key [" + key + "]");
      Result<Document> value = read(member.second, depth + 1);
      if (!value) return value;
      out.set(key, *std::move(value));
    }
    return out;
  }
  size_t nodes_ = 0;
};

Result<Document> parse_yaml(std::string_view text) {
  try {
    const YAML::Node root = YAML::Load(std::string(text));
    return Reader().read(root, 0);
  } catch (const YAML::Exception& error) {  // the library's only way to report
    return refuse("YAML not well-formed. (line " + std::to_string(error.mark.line + 1) +
                  ", column " + std::to_string(error.mark.column + 1) + ")");
  }
}

}  // namespace

Result<Document> parse_template_text(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && text[first] == '{';
  Result<Document> out = json ? parse_json(text) : parse_yaml(text);
  if (json && !out) out = parse_yaml(text);  // a YAML flow mapping looks like JSON
  if (!out) return out;
  if (!out->is_object()) return refuse("unsupported structure.");
  return out;
}

}  // namespace tidemill::cloudformation
