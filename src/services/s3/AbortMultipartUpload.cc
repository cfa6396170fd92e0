#include "shapes/s3/AbortMultipartUpload.h"

#include "services/s3/uploads.h"

namespace tidemill::s3 {

Result<AbortMultipartUploadOutput> AbortMultipartUpload(Command& command,
                                                        AbortMultipartUploadInput input) {
  const auto upload = require_upload(command.tx, input.Bucket, input.Key, input.UploadId);
  if (!upload) return upload.error();
  erase_upload(command.tx, *upload);
  return AbortMultipartUploadOutput{};
}
OPERATION(AbortMultipartUpload);

}  // namespace tidemill::s3
