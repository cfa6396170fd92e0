// AWS's service models as tables in the program (D4): made at build time from the models of
// Debian's python3-botocore and our overlay in models/, for the operations in services/ only.
// Everything here is constant data; a Shape is compared by address.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tidemill {

enum class ShapeKind : uint8_t {
  kStructure,
  kList,
  kMap,
  kString,
  kInteger,
  kLong,
  kFloat,
  kDouble,
  kBoolean,
  kBlob,
  kTimestamp,
  kDocument,  // any JSON
};

// Where a member of a REST operation travels.
enum class Location : uint8_t { kBody, kHeader, kHeaders, kQuery, kUri, kStatusCode };

enum class TimestampFormat : uint8_t { kDefault, kIso8601, kRfc822, kUnix };

struct Shape;

struct Member {
  std::string_view name;       // AWS's member name
  std::string_view wire_name;  // locationName, or the name
  const Shape* shape;
  bool required;
  Location location = Location::kBody;
  bool flattened = false;  // XML: of this member's list or map
  bool xml_attribute = false;
  bool streaming = false;  // the HTTP body itself
  bool idempotency_token = false;
  TimestampFormat timestamp_format = TimestampFormat::kDefault;
  std::string_view xml_namespace{};
};

struct Shape {
  std::string_view name;
  ShapeKind kind;
  std::span<const Member> members{};  // structure
  const Shape* element = nullptr;     // list element, map value
  const Shape* key = nullptr;         // map key
  std::string_view element_name{};    // XML name of a list element, or of a root structure
  std::string_view key_name{};        // XML names of a map's key and value
  std::string_view value_name{};
  std::string_view payload{};  // structure: the member that is the whole body
  std::span<const std::string_view> enumeration{};
  std::string_view pattern{};  // Java regex of AWS; empty: none
  double minimum = 0;          // length of strings, lists, maps, blobs; value of numbers
  double maximum = 0;
  bool has_minimum = false;
  bool has_maximum = false;
  bool flattened = false;
  bool is_union = false;  // exactly one member is set
  bool opaque = false;    // bound as Document (see models/README.md)
  TimestampFormat timestamp_format = TimestampFormat::kDefault;
  std::string_view xml_namespace{};
};

enum class Protocol : uint8_t { kJson10, kJson11, kQuery, kRestJson, kRestXml };

// What it takes to recognise a request as one operation of a service, also of one we lack.
struct OperationRoute {
  std::string_view name;
  std::string_view http_method;
  std::string_view http_uri;                             // "/{Bucket}/{Key+}?tagging"
  std::span<const std::string_view> required_query{};    // of the input's required members
  std::span<const std::string_view> required_headers{};  // in lower case
};

struct ServiceModel {
  std::string_view folder;  // "dynamodb": the folder in services/, the name of the CLI command
  std::string_view signing_name;   // "dynamodb", as in a credential scope
  std::string_view target_prefix;  // "DynamoDB_20120810"
  std::string_view api_version;
  std::string_view xml_namespace;
  Protocol protocol;
  std::span<const OperationRoute> operations;  // every one in AWS's model, sorted by name
};

struct OperationModel {
  const ServiceModel* service;
  std::string_view name;
  const OperationRoute* route;
  int success_status;
  const Shape* input;                 // never null
  const Shape* output;                // never null
  std::string_view output_wrapper{};  // query: "CreateStackResult"
  bool checksum_required = false;
};

}  // namespace tidemill
