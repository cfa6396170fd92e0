#include "wire/error.h"

#include <iterator>

#include "wire/check.h"

namespace tidemill {
namespace {

constexpr ErrorTraits kTraits[] = {
#define TIDEMILL_ERROR(name, wire_name, status, fault, retryable) \
  {wire_name, status, Fault::fault, retryable},
#include "wire/errors.def"
#undef TIDEMILL_ERROR
};

}  // namespace

const ErrorTraits& traits_of(ErrorKind kind) {
  const auto index = static_cast<size_t>(kind);
  CHECK(index < std::size(kTraits));
  return kTraits[index];
}

}  // namespace tidemill
