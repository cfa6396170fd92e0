// The body of a signed request: aws-chunked bodies are decoded, and what was signed is checked
// while the bytes pass. Needed with auth off too: SDKs send aws-chunked bodies to S3 by default.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "door/sigv4/verifier.h"
#include "wire/http.h"
#include "wire/result.h"

namespace tidemill::sigv4 {

// True when the body is aws-chunked: x-amz-content-sha256 is one of STREAMING-..., or
// content-encoding says so.
bool is_aws_chunked(const HttpRequest& request);

// Puts the plain body in the place of the one that was sent, as x-amz-content-sha256 says:
//   STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)  chunks, their signatures checked with `signing`
//   STREAMING-UNSIGNED-PAYLOAD-TRAILER            chunks and trailers
//   64 hex digits                                 the body's SHA-256, checked at its end when
//                                                 `checks_hash`
//   UNSIGNED-PAYLOAD, none                        as it is
// `signing` is null with auth off: signatures are then skipped, not checked. Takes "aws-chunked"
// out of content-encoding, as S3 does. The new body's length() is x-amz-decoded-content-length.
// MissingContentLength without that length; InvalidRequest for a kind nobody knows.
Status decode_body(HttpRequest& request, const ChunkSigning* signing, bool checks_hash);

struct ChunkedForm {
  std::optional<ChunkSigning> signing;  // chunk signatures are checked
  bool is_signed = false;               // chunks carry signatures, checked or not
  std::vector<std::string> trailers;    // announced in x-amz-trailer; each must come
  uint64_t decoded_bytes = 0;           // as announced
};

// Decodes an aws-chunked stream. read() answers bytes before their chunk's signature is known: only
// the end of the stream says that all of it is good. Errors end it:
//   SignatureDoesNotMatch   of a chunk or of the trailers
//   IncompleteBody          too few or too many bytes
//   InvalidChunkSizeError   a chunk other than the last is shorter than 8 KiB
//   MalformedTrailerError   announced and not sent, or not a field
std::unique_ptr<ByteSource> aws_chunked_source(std::unique_ptr<ByteSource> encoded,
                                               ChunkedForm form);

// Passes bytes on; XAmzContentSHA256Mismatch at the end when their SHA-256 is not `expected_hex`.
std::unique_ptr<ByteSource> hash_checked_source(std::unique_ptr<ByteSource> body,
                                                std::string expected_hex);

}  // namespace tidemill::sigv4
