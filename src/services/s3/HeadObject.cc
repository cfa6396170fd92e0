#include "shapes/s3/HeadObject.h"

#include "services/s3/reading.h"

namespace tidemill::s3 {

Task<Result<HeadObjectOutput>> HeadObject(Call& call, HeadObjectInput input) {
  const auto view = call.environment.store.published();
  const auto reading = begin_reading(*view, call.caller, input);
  if (!reading) co_return reading.error();
  if (reading->range) call.status = 206;
  co_return reading_answer<HeadObjectOutput>(*reading, input);
}
OPERATION(HeadObject);

}  // namespace tidemill::s3
