#include "door/protocols/xml.h"

#include <pugixml.hpp>

#include "door/protocols/text_values.h"

namespace tidemill::protocols {
namespace {

Error malformed() {
  return errors::MalformedXML(
      "The XML you provided was not well-formed or did not validate against our published schema");
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

Result<Document> read_value(const Shape& shape, const pugi::xml_node& node, int depth);

// The elements of a list: children of `node`, or for a flattened one its siblings of that name.
Result<Document> read_list(const Shape& shape, const pugi::xml_node& node, bool flattened,
                           int depth) {
  Document list = Document::array();
  const std::string_view name = local_name(node);
  const pugi::xml_node parent = flattened ? node.parent() : node;
  for (const pugi::xml_node& child : parent.children()) {
    if (child.type() != pugi::node_element || (flattened && local_name(child) != name)) continue;
    auto element = read_value(*shape.element, child, depth + 1);
    if (!element) return element;
    list.push(*std::move(element));
  }
  return list;
}

Result<Document> read_map(const Shape& shape, const pugi::xml_node& node, int depth) {
  const std::string key_name(shape.key_name.empty() ? "key" : shape.key_name);
  const std::string value_name(shape.value_name.empty() ? "value" : shape.value_name);
  Document map = Document::object();
  for (const pugi::xml_node& entry : node.children()) {
    if (entry.type() != pugi::node_element) continue;
    auto value = read_value(*shape.element, entry.child(value_name.c_str()), depth + 1);
    if (!value) return value;
    map.set(entry.child(key_name.c_str()).text().get(), *std::move(value));
  }
  return map;
}

Result<Document> read_member(const Member& member, const pugi::xml_node& node, int depth) {
  if (member.shape->kind == ShapeKind::kList) {
    return read_list(*member.shape, node, member.flattened || member.shape->flattened, depth);
  }
  return read_value(*member.shape, node, depth);
}

Result<Document> read_structure(const Shape& shape, const pugi::xml_node& node, int depth) {
  Document structure = Document::object();
  for (const Member& member : shape.members) {
    const std::string wanted(member.wire_name);
    if (member.xml_attribute) {
      const auto attribute = node.attribute(wanted.c_str());
      if (attribute) structure.set(member.name, Document(attribute.value()));
      continue;
    }
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element || local_name(child) != wanted) continue;
      auto value = read_member(member, child, depth + 1);
      if (!value) return value;
      structure.set(member.name, *std::move(value));
      break;
    }
  }
  return structure;
}

Result<Document> read_value(const Shape& shape, const pugi::xml_node& node, int depth) {
  if (depth > kXmlDepthMax) return malformed();
  switch (shape.kind) {
    case ShapeKind::kStructure:
      return read_structure(shape, node, depth);
    case ShapeKind::kList:
      return read_list(shape, node, false, depth);
    case ShapeKind::kMap:
      return read_map(shape, node, depth);
    default: {
      auto value = value_of_text(shape, node.text().get());
      if (!value) return malformed();
      return value;
    }
  }
}

void open_tag(std::string& out, std::string_view name, std::string_view xml_namespace = {}) {
  out.append("<").append(name);
  if (!xml_namespace.empty()) out.append(" xmlns=\"").append(xml_namespace).append("\"");
  out += '>';
}

// A structure's attributes stand in its start tag; the only ones AWS has are "xsi:type".
void open_structure(std::string& out, std::string_view name, std::string_view xml_namespace,
                    const Shape& shape, const Document& value) {
  open_tag(out, name, xml_namespace);
  for (const Member& member : shape.members) {
    if (!member.xml_attribute || value.text(member.name).empty()) continue;
    out.pop_back();  // '>'
    out += " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ";
    out.append(member.wire_name).append("=\"");
    append_xml_text(out, value.text(member.name));
    out += "\">";
  }
}
void close_tag(std::string& out, std::string_view name) {
  out.append("</").append(name).append(">");
}

void append_value(std::string& out, const Shape& shape, TimestampFormat format,
                  const Document& value);

void append_list(std::string& out, const Shape& shape, std::string_view name,
                 const Document& value) {
  for (const Document& element : value.as_array()) {
    open_structure(out, name, "", *shape.element, element);
    append_value(out, *shape.element, shape.element->timestamp_format, element);
    close_tag(out, name);
  }
}

void append_map(std::string& out, const Shape& shape, std::string_view name,
                const Document& value) {
  const std::string_view key_name = shape.key_name.empty() ? "key" : shape.key_name;
  const std::string_view value_name = shape.value_name.empty() ? "value" : shape.value_name;
  for (const auto& [key, member] : value.as_object()) {
    open_tag(out, name);
    open_tag(out, key_name);
    append_xml_text(out, key);
    close_tag(out, key_name);
    open_tag(out, value_name);
    append_value(out, *shape.element, shape.element->timestamp_format, member);
    close_tag(out, value_name);
    close_tag(out, name);
  }
}

void append_value(std::string& out, const Shape& shape, TimestampFormat format,
                  const Document& value) {
  switch (shape.kind) {
    case ShapeKind::kStructure:
      return append_xml_members(out, shape, value);
    case ShapeKind::kList:
      return append_list(out, shape, shape.element_name.empty() ? "member" : shape.element_name,
                         value);
    case ShapeKind::kMap:
      return append_map(out, shape, "entry", value);
    default:
      append_xml_text(out, text_of_value(value, format));
  }
}

void append_member(std::string& out, const Member& member, const Document& value) {
  const Shape& shape = *member.shape;
  const bool flattened = member.flattened || shape.flattened;
  if (flattened && shape.kind == ShapeKind::kList) {
    return append_list(out, shape, member.wire_name, value);
  }
  if (flattened && shape.kind == ShapeKind::kMap) {
    return append_map(out, shape, member.wire_name, value);
  }
  open_structure(out, member.wire_name, member.xml_namespace, shape, value);
  append_value(out, shape, timestamp_format(member, TimestampFormat::kIso8601), value);
  close_tag(out, member.wire_name);
}

}  // namespace

Result<Document> document_of_xml(const Shape& shape, std::string_view text) {
  if (text.size() > kXmlBytesMax) return malformed();
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default & ~pugi::parse_doctype);
  if (!parsed || !document.document_element()) return malformed();
  return read_value(shape, document.document_element(), 0);
}

void append_xml_members(std::string& out, const Shape& shape, const Document& value) {
  for (const Member& member : shape.members) {
    if (member.location != Location::kBody || member.streaming || member.xml_attribute) continue;
    const Document* inner = value.find(member.name);
    if (inner && !inner->is_null()) append_member(out, member, *inner);
  }
}

void append_xml_element(std::string& out, std::string_view name, std::string_view xml_namespace,
                        const Shape& shape, const Document& value) {
  open_tag(out, name, xml_namespace);
  append_value(out, shape, TimestampFormat::kIso8601, value);
  close_tag(out, name);
}

void append_xml_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
          out += c;
        } else {
          out += "&#" + std::to_string(static_cast<int>(c)) + ";";
        }
    }
  }
}

}  // namespace tidemill::protocols
