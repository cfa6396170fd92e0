#include "shapes/s3/GetObject.h"

#include "services/s3/reading.h"

namespace tidemill::s3 {

// A lookup, then the bytes in pieces from the page cache: memory does not grow with the object.
Task<Result<GetObjectOutput>> GetObject(Call& call, GetObjectInput input) {
  auto view = call.environment.store.published();
  const auto reading = begin_reading(*view, call.caller, input);
  if (!reading) co_return reading.error();
  call.stream = call.environment.part<objects::Objects>().stream(
      std::move(view), reading->entry.extents, reading->first(), reading->length());
  if (reading->range) call.status = 206;
  co_return reading_answer<GetObjectOutput>(*reading, input);
}
OPERATION(GetObject);

}  // namespace tidemill::s3
