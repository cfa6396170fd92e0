#include "door/protocols/answer.h"

#include <zlib.h>

#include "door/protocols/cbor.h"
#include "door/protocols/rest.h"
#include "door/protocols/xml.h"
#include "wire/json.h"

namespace tidemill::protocols {
namespace {

void add_request_id(HttpResponse& response, Format format, const std::string& request_id) {
  if (format == Format::kRestXml) {
    response.headers.add("x-amz-request-id", request_id);
    response.headers.add("x-amz-id-2", "tidemill/" + request_id);
  } else {
    response.headers.add("x-amzn-requestid", request_id);
  }
}

// DynamoDB's clients check it (botocore, the Java SDK).
void add_crc32(HttpResponse& response) {
  const auto crc = crc32(0, reinterpret_cast<const Bytef*>(response.body.data()),
                         static_cast<uInt>(response.body.size()));
  response.headers.add("x-amz-crc32", std::to_string(crc));
}

void write_json(HttpResponse& response, const ServiceModel& service, const Output& output) {
  JsonEncoder encoder(response.body);
  output.write(encoder);
  if (service.signing_name == "dynamodb") add_crc32(response);
}

Document told(const Output& output) {
  DocumentEncoder encoder;
  output.write(encoder);
  return encoder.take();
}

void write_query(HttpResponse& response, const OperationModel& model, const Output& output,
                 const std::string& request_id) {
  const std::string name(model.name);
  response.body =
      "<" + name + "Response xmlns=\"" + std::string(model.service->xml_namespace) + "\">";
  if (!model.output_wrapper.empty()) {
    append_xml_element(response.body, model.output_wrapper, "", *model.output, told(output));
  }
  response.body += "<ResponseMetadata><RequestId>" + request_id +
                   "</RequestId></ResponseMetadata></" + name + "Response>";
}

std::string_view content_type(Format format) {
  switch (format) {
    case Format::kJson10:
      return "application/x-amz-json-1.0";
    case Format::kJson11:
      return "application/x-amz-json-1.1";
    case Format::kCbor:
      return "application/x-amz-cbor-1.1";
    case Format::kQuery:
      return "text/xml";
    case Format::kRestJson:
      return "application/json";
    case Format::kRestXml:
      return "application/xml";
  }
  return "application/json";
}

// awsJson answers 400 for every fault of the caller, REST the status of the error table.
int status_of(Format format, const Error& error) {
  const ErrorTraits& traits = error.traits();
  const bool json =
      format == Format::kJson10 || format == Format::kJson11 || format == Format::kCbor;
  if (json && traits.fault == Fault::kSender && traits.http_status < 500 &&
      traits.http_status != 413) {
    return 400;
  }
  return traits.http_status;
}

// The caller never sees the inside of a fault of ours.
std::string message_of(const Error& error) {
  const bool internal = error.name() == "InternalServerError";
  return internal && error.kind != ErrorKind::DiskFull
             ? "The request processing has failed because of an unknown error."
             : error.message;
}

std::string type_of(const ServiceModel* service, const Error& error) {
  if (service && service->folder == "dynamodb") {
    const bool coral = error.kind == ErrorKind::ValidationException ||
                       error.kind == ErrorKind::SerializationException;
    return (coral ? "com.amazon.coral.validate#" : "com.amazonaws.dynamodb.v20120810#") +
           std::string(error.name());
  }
  return std::string(error.name());
}

Document json_error(const Route& route, const Error& error) {
  Document body = Document::object();
  if (route.format != Format::kRestJson) {
    body.set("__type", Document(type_of(route.service, error)));
  } else {
    body.set("Type", Document(error.traits().fault == Fault::kSender ? "User" : "Service"));
  }
  body.set("message", Document(message_of(error)));
  if (error.members && error.members->is_object()) {
    for (const auto& [name, value] : error.members->as_object()) body.set(name, value);
  }
  return body;
}

std::string xml_error(const Route& route, const Error& error, const std::string& request_id,
                      const std::string& resource) {
  std::string code = "<Code>" + std::string(error.name()) + "</Code><Message>";
  append_xml_text(code, message_of(error));
  code += "</Message>";
  if (error.members && error.members->is_object()) {
    for (const auto& [name, value] : error.members->as_object()) {
      code += "<" + name + ">";
      append_xml_text(code, value.is_string() ? value.as_string() : to_json(value));
      code += "</" + name + ">";
    }
  }
  if (route.format == Format::kRestXml) {
    code += "<Resource>";
    append_xml_text(code, resource);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>" + code + "</Resource><RequestId>" +
           request_id + "</RequestId><HostId>tidemill/" + request_id + "</HostId></Error>";
  }
  const std::string space = route.service ? std::string(route.service->xml_namespace) : "";
  const char* type = error.traits().fault == Fault::kSender ? "Sender" : "Receiver";
  return "<ErrorResponse xmlns=\"" + space + "\"><Error><Type>" + type + "</Type>" + code +
         "</Error><RequestId>" + request_id + "</RequestId></ErrorResponse>";
}

}  // namespace

HttpResponse success(const OperationModel& model, Format format, std::unique_ptr<Output> output,
                     const std::string& request_id) {
  HttpResponse response;
  response.status = output->status ? output->status : model.success_status;
  add_request_id(response, format, request_id);
  if (format == Format::kRestJson || format == Format::kRestXml) {
    write_rest(response, model, told(*output));
    response.stream = std::move(output->stream);
    return response;
  }
  response.headers.add("content-type", std::string(content_type(format)));
  if (format == Format::kCbor) {
    CborEncoder encoder(response.body);
    output->write(encoder);
  } else if (format == Format::kQuery) {
    write_query(response, model, *output, request_id);
  } else if (!model.output->name.empty()) {
    write_json(response, *model.service, *output);
  }
  return response;
}

HttpResponse failure(const Route& route, const Error& error, const std::string& request_id,
                     const std::string& resource) {
  HttpResponse response;
  response.status = status_of(route.format, error);
  add_request_id(response, route.format, request_id);
  response.headers.add("content-type", std::string(content_type(route.format)));
  if (route.format == Format::kQuery || route.format == Format::kRestXml) {
    if (response.status != 304) response.body = xml_error(route, error, request_id, resource);
    return response;
  }
  response.headers.add("x-amzn-errortype", std::string(error.name()));
  const Document body = json_error(route, error);
  if (route.format == Format::kCbor) {
    CborEncoder encoder(response.body);
    encode(encoder, body);
  } else {
    append_json(response.body, body);
    if (route.service && route.service->folder == "dynamodb") add_crc32(response);
  }
  return response;
}

}  // namespace tidemill::protocols
