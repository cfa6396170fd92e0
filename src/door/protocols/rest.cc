#include "door/protocols/rest.h"

#include "door/protocols/text_values.h"
#include "door/protocols/xml.h"
#include "wire/json.h"

namespace tidemill::protocols {
namespace {

const Member* payload_member(const Shape& shape) {
  for (const Member& member : shape.members) {
    if (!shape.payload.empty() && member.name == shape.payload) return &member;
  }
  return nullptr;
}

bool is_xml(const Route& route) { return route.format == Format::kRestXml; }

Result<Document> body_document(const Shape& shape, bool xml, const std::string& body) {
  if (xml) return document_of_xml(shape, body);
  auto parsed = parse_json(body);
  if (parsed && !parsed->is_object()) {
    return errors::SerializationException("The request body is not a JSON object");
  }
  return parsed;
}

Status read_payload(const Member& member, bool xml, std::string body, Document& input) {
  if (member.streaming || body.empty()) return ok();
  switch (member.shape->kind) {
    case ShapeKind::kBlob:
      input.set(member.name, Document(Blob{std::move(body)}));
      return ok();
    case ShapeKind::kString:
      input.set(member.name, Document(std::move(body)));
      return ok();
    default: {
      auto value = body_document(*member.shape, xml, body);
      if (!value) return std::move(value).error();
      input.set(member.name, *std::move(value));
      return ok();
    }
  }
}

// A query member: all values of a list, the pairs nobody else claims of a map, else the first.
Result<Document> read_query(const Shape& input, const Member& member,
                            const std::vector<std::pair<std::string, std::string>>& query) {
  Document out;
  for (const auto& [name, value] : query) {
    if (member.shape->kind == ShapeKind::kMap) {
      bool claimed = false;
      for (const Member& other : input.members) claimed |= other.wire_name == name;
      if (!claimed) out.set(name, Document(value));
    } else if (name == member.wire_name) {
      const bool list = member.shape->kind == ShapeKind::kList;
      auto one = value_of_text(list ? *member.shape->element : *member.shape, value);
      if (!one) return one;
      if (!list) return one;
      out.push(*std::move(one));
    }
  }
  return out;
}

Result<Document> read_header(const Member& member, const Headers& headers) {
  const std::string* text = headers.find(member.wire_name);
  if (!text) return Document();
  if (member.shape->kind != ShapeKind::kList) return value_of_text(*member.shape, *text);
  Document list = Document::array();
  std::string_view rest = *text;
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    std::string_view piece = rest.substr(0, comma);
    while (piece.starts_with(' ')) piece.remove_prefix(1);
    while (piece.ends_with(' ')) piece.remove_suffix(1);
    list.push(Document(piece));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return list;
}

// A map of all headers with a prefix: x-amz-meta-.
Document read_prefixed_headers(const Member& member, const Headers& headers) {
  Document map;
  for (const auto& [name, value] : headers.all()) {
    if (!name.starts_with(member.wire_name)) continue;
    const std::string key = name.substr(member.wire_name.size());
    const std::string_view before = map.text(key);
    map.set(key, Document(before.empty() ? value : std::string(before) + "," + value));
  }
  return map;
}

Result<Document> read_located(const Shape& input, const Member& member, const HttpRequest& request,
                              const std::vector<std::pair<std::string, std::string>>& query,
                              const Route& route) {
  switch (member.location) {
    case Location::kUri: {
      const auto label = route.uri.find(std::string(member.wire_name));
      if (label == route.uri.end()) return Document();
      return value_of_text(*member.shape, label->second);
    }
    case Location::kQuery:
      return read_query(input, member, query);
    case Location::kHeader:
      return read_header(member, request.headers);
    case Location::kHeaders:
      return read_prefixed_headers(member, request.headers);
    default:
      return Document();
  }
}

void write_header(HttpResponse& response, const Member& member, const Document& value) {
  if (const auto* list = value.if_array()) {
    std::string joined;
    for (const Document& element : *list) {
      if (!joined.empty()) joined += ",";
      joined += text_of_value(element, TimestampFormat::kRfc822);
    }
    response.headers.add(member.wire_name, std::move(joined));
    return;
  }
  response.headers.add(member.wire_name,
                       text_of_value(value, timestamp_format(member, TimestampFormat::kRfc822)));
}

void write_located(HttpResponse& response, const Member& member, const Document& value) {
  if (member.location == Location::kHeader) {
    write_header(response, member, value);
  } else if (member.location == Location::kStatusCode) {
    if (const auto status = value.to_int64(); status && *status > 0) {
      response.status = static_cast<int>(*status);
    }
  } else if (member.location == Location::kHeaders && value.is_object()) {
    for (const auto& [name, text] : value.as_object()) {
      response.headers.add(std::string(member.wire_name) + name,
                           text_of_value(text, TimestampFormat::kRfc822));
    }
  }
}

void write_payload(HttpResponse& response, const OperationModel& model, const Member& member,
                   const Document* value) {
  if (!value || value->is_null()) return;
  if (const auto* blob = value->if_blob()) {
    response.body = blob->bytes;
  } else if (const auto* text = value->if_string()) {
    response.body = *text;
  } else if (model.service->protocol == Protocol::kRestXml) {
    response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    append_xml_element(response.body, member.wire_name, model.service->xml_namespace, *member.shape,
                       *value);
  } else {
    append_json(response.body, *value);
  }
}

bool has_body_members(const Shape& shape) {
  for (const Member& member : shape.members) {
    if (member.location == Location::kBody && !member.streaming) return true;
  }
  return false;
}

void write_members(HttpResponse& response, const OperationModel& model, const Document& output) {
  if (model.service->protocol == Protocol::kRestXml) {
    const Shape& shape = *model.output;
    const std::string_view root = shape.element_name.empty() ? shape.name : shape.element_name;
    response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    // Of s3.GetBucketLocation the one member is the root itself.
    const bool is_root = shape.members.size() == 1 && shape.members.front().wire_name == root;
    const Document* member = is_root ? output.find(root) : nullptr;
    append_xml_element(response.body, root, model.service->xml_namespace,
                       is_root ? *shape.members.front().shape : shape,
                       is_root ? (member ? *member : Document("")) : output);
    return;
  }
  Document members = Document::object();
  for (const Member& member : model.output->members) {
    const Document* value = output.find(member.name);
    if (value && member.location == Location::kBody) members.set(member.name, *value);
  }
  append_json(response.body, members);
}

}  // namespace

bool streams_in(const Shape& input) {
  const Member* payload = payload_member(input);
  return payload && payload->streaming;
}

Result<Document> document_of_rest(const Shape& input, const HttpRequest& request,
                                  const Route& route, std::string body) {
  Document out = Document::object();
  const Member* payload = payload_member(input);
  if (!payload && !body.empty() && has_body_members(input)) {
    auto members = body_document(input, is_xml(route), body);
    if (!members) return members;
    out = *std::move(members);
  }
  const auto query = parse_query(request.query());
  for (const Member& member : input.members) {
    if (member.location == Location::kBody) continue;
    auto value = read_located(input, member, request, query, route);
    if (!value) return value;
    if (!value->is_null()) out.set(member.name, *std::move(value));
  }
  if (payload) RETURN_IF_ERROR(read_payload(*payload, is_xml(route), std::move(body), out));
  return out;
}

void write_rest(HttpResponse& response, const OperationModel& model, const Document& output) {
  for (const Member& member : model.output->members) {
    const Document* value = output.find(member.name);
    if (value && !value->is_null()) write_located(response, member, *value);
  }
  const bool xml = model.service->protocol == Protocol::kRestXml;
  if (const Member* payload = payload_member(*model.output)) {
    write_payload(response, model, *payload, output.find(payload->name));
  } else if (response.status != 204 && has_body_members(*model.output)) {
    write_members(response, model, output);
  } else if (!xml && response.status != 204) {
    response.body = "{}";
  }
  if (!response.headers.find("content-type") && !response.body.empty()) {
    response.headers.set("content-type", xml ? "application/xml" : "application/json");
  }
}

}  // namespace tidemill::protocols
