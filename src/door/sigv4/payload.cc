#include "door/sigv4/payload.h"

#include <algorithm>
#include <utility>

#include "door/sigv4/digest.h"
#include "wire/document.h"

namespace tidemill::sigv4 {
namespace {

constexpr std::string_view kStreaming = "STREAMING-";
constexpr std::string_view kSigned = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
constexpr std::string_view kSignedTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
constexpr std::string_view kUnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
constexpr std::string_view kEncoding = "aws-chunked";

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> items;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    const std::string_view item = trim(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

std::string without_chunked(std::string_view encodings) {
  std::string kept;
  for (const std::string& encoding : split_list(encodings)) {
    if (encoding == kEncoding) continue;
    if (!kept.empty()) kept += ",";
    kept += encoding;
  }
  return kept;
}

// Headers have no removal: those that stay are copied.
void drop_chunked_encoding(HttpRequest& request) {
  if (request.headers.find("content-encoding") == nullptr) return;
  Headers kept;
  for (const auto& [name, value] : request.headers.all()) {
    const std::string rest = name == "content-encoding" ? without_chunked(value) : value;
    if (name != "content-encoding" || !rest.empty()) kept.add(name, rest);
  }
  request.headers = std::move(kept);
}

std::optional<uint64_t> parse_length(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  return value;
}

class HashCheckedSource : public ByteSource {
 public:
  HashCheckedSource(std::unique_ptr<ByteSource> body, std::string expected)
      : body_(std::move(body)), expected_(std::move(expected)) {}

  Task<Result<std::string>> read() override {
    auto reading = body_->read();
    Result<std::string> piece = co_await std::move(reading);
    if (!piece) co_return std::move(piece).error();
    digest_.update(*piece);
    if (!piece->empty() || ended_) co_return std::move(piece);
    ended_ = true;
    const std::string computed = digest_.finish_hex();
    if (computed == expected_) co_return std::move(piece);
    Document members;
    members.set("ClientComputedContentSHA256", expected_);
    members.set("S3ComputedContentSHA256", computed);
    Error error = errors::XAmzContentSHA256Mismatch(
        "The provided 'x-amz-content-sha256' header does not match what was computed.");
    error.members = std::make_shared<const Document>(std::move(members));
    co_return error;
  }
  std::optional<uint64_t> length() const override { return body_->length(); }
  const Headers* trailers() const override { return body_->trailers(); }

 private:
  std::unique_ptr<ByteSource> body_;
  std::string expected_;
  Sha256 digest_;
  bool ended_ = false;
};

bool is_sha256_hex(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

Status decode_chunked(HttpRequest& request, std::string_view kind, const ChunkSigning* signing) {
  ChunkedForm form;
  form.is_signed = kind == kSigned || kind == kSignedTrailer;
  if (kind.starts_with(kStreaming) && !form.is_signed && kind != kUnsignedTrailer) {
    return errors::InvalidRequest("The x-amz-content-sha256 value " + std::string(kind) +
                                  " is not supported");
  }
  const auto length = parse_length(request.headers.get("x-amz-decoded-content-length"));
  if (!length)
    return errors::MissingContentLength("You must provide the Content-Length HTTP header.");
  form.decoded_bytes = *length;
  form.trailers = split_list(request.headers.get("x-amz-trailer"));
  if (form.is_signed && signing != nullptr) form.signing = *signing;
  drop_chunked_encoding(request);
  request.body = aws_chunked_source(std::move(request.body), std::move(form));
  return ok();
}

}  // namespace

bool is_aws_chunked(const HttpRequest& request) {
  if (request.headers.get("x-amz-content-sha256").starts_with(kStreaming)) return true;
  const auto encodings = split_list(request.headers.get("content-encoding"));
  const bool is_said = std::find(encodings.begin(), encodings.end(), kEncoding) != encodings.end();
  return is_said && request.headers.find("x-amz-decoded-content-length") != nullptr;
}

Status decode_body(HttpRequest& request, const ChunkSigning* signing, bool checks_hash) {
  const std::string kind(request.headers.get("x-amz-content-sha256"));
  if (is_aws_chunked(request)) return decode_chunked(request, kind, signing);
  if (kind.empty() || kind == "UNSIGNED-PAYLOAD") return ok();
  if (!is_sha256_hex(kind)) {
    return errors::InvalidArgument(
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a "
        "valid sha256 value.");
  }
  if (!checks_hash) return ok();
  std::string lowered = kind;
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  request.body = hash_checked_source(std::move(request.body), std::move(lowered));
  return ok();
}

std::unique_ptr<ByteSource> hash_checked_source(std::unique_ptr<ByteSource> body,
                                                std::string expected_hex) {
  return std::make_unique<HashCheckedSource>(std::move(body), std::move(expected_hex));
}

}  // namespace tidemill::sigv4
