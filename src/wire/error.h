// The one error type of the program. Kinds stand in errors.def; each row gives a factory of the
// same name in namespace errors, so a refusal reads
//
//   return errors::ResourceNotFoundException("Requested resource not found");
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tidemill {

class Document;

enum class Fault : uint8_t { kSender, kReceiver };

enum class ErrorKind : uint16_t {
#define TIDEMILL_ERROR(name, wire_name, status, fault, retryable) name,
#include "wire/errors.def"
#undef TIDEMILL_ERROR
};

// What the table says of a kind.
struct ErrorTraits {
  std::string_view name;  // AWS's name, as on the wire
  int http_status;  // for REST protocols; awsJson and awsQuery answer 400 for every sender fault
  Fault fault;
  bool retryable;
};

const ErrorTraits& traits_of(ErrorKind kind);

// A value: copied freely. `message` goes to the caller, `cause` only to the log.
struct Error {
  ErrorKind kind;
  std::string message;
  std::string cause{};
  // Members besides the message (for example CancellationReasons, Item); null when there are none.
  std::shared_ptr<const Document> members{};

  const ErrorTraits& traits() const { return traits_of(kind); }
  std::string_view name() const { return traits().name; }
  Error because(std::string why) && {
    cause = std::move(why);
    return std::move(*this);
  }
};

namespace errors {
#define TIDEMILL_ERROR(name, wire_name, status, fault, retryable) \
  inline Error name(std::string message) { return Error{ErrorKind::name, std::move(message)}; }
#include "wire/errors.def"
#undef TIDEMILL_ERROR
}  // namespace errors

}  // namespace tidemill
