#include <algorithm>
#include <utility>

#include "door/sigv4/digest.h"
#include "door/sigv4/payload.h"
#include "wire/bytes.h"

namespace tidemill::sigv4 {
namespace {

constexpr size_t kLineBytesMax = 4096;  // a chunk's head, or one trailer
constexpr size_t kTrailersMax = 32;
constexpr uint64_t kChunkBytesMin = 8 * 1024;  // of every chunk but the last
constexpr size_t kSizeDigitsMax = 15;
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature";

Error incomplete() {
  return errors::IncompleteBody(
      "You did not provide the number of bytes specified by the Content-Length HTTP header.");
}

Error malformed_trailer() {
  return errors::MalformedTrailerError(
      "The request contained trailing data that was not well-formed or did not conform to our "
      "published schema.");
}

struct ChunkHead {
  uint64_t bytes = 0;
  std::string signature;
};

// "10000;chunk-signature=ad80..." or "10000"
std::optional<ChunkHead> parse_chunk_head(std::string_view line) {
  const size_t end = std::min(line.find(';'), line.size());
  const std::string_view size = line.substr(0, end);
  if (size.empty() || size.size() > kSizeDigitsMax) return std::nullopt;
  ChunkHead head;
  for (const char c : size) {
    const bool is_digit = c >= '0' && c <= '9';
    const char lowered = static_cast<char>(c | 0x20);
    if (!is_digit && (lowered < 'a' || lowered > 'f')) return std::nullopt;
    head.bytes = head.bytes * 16 + static_cast<uint64_t>(is_digit ? c - '0' : lowered - 'a' + 10);
  }
  constexpr std::string_view kName = ";chunk-signature=";
  if (line.substr(end).starts_with(kName)) head.signature = line.substr(end + kName.size());
  return head;
}

class AwsChunkedSource : public ByteSource {
 public:
  AwsChunkedSource(std::unique_ptr<ByteSource> encoded, ChunkedForm form)
      : encoded_(std::move(encoded)), form_(std::move(form)) {
    if (form_.signing) previous_signature_ = form_.signing->seed_signature;
  }

  Task<Result<std::string>> read() override {
    std::string out;
    while (out.empty() && state_ != State::kEnded) {
      const Result<bool> stepped = error_ ? Result<bool>(*error_) : step(out);
      if (!stepped) {
        error_ = stepped.error();
        co_return stepped.error();
      }
      if (*stepped) continue;
      auto reading = encoded_->read();
      Result<std::string> piece = co_await std::move(reading);
      if (!piece) co_return std::move(piece).error();
      if (piece->empty()) is_input_ended_ = true;
      held_.erase(0, std::exchange(used_, 0));
      held_ += *piece;
    }
    co_return out;
  }

  std::optional<uint64_t> length() const override { return form_.decoded_bytes; }
  const Headers* trailers() const override {
    return state_ == State::kEnded && !trailers_.all().empty() ? &trailers_ : nullptr;
  }

 private:
  enum class State : uint8_t { kHead, kBytes, kBytesEnd, kTrailers, kEnded };

  // Each step answers whether it got on; false: more input is needed.
  Result<bool> step(std::string& out) {
    switch (state_) {
      case State::kHead:
        return take_head();
      case State::kBytes:
        return take_bytes(out);
      case State::kBytesEnd:
        return take_bytes_end();
      case State::kTrailers:
        return take_trailer();
      case State::kEnded:
        break;
    }
    return true;
  }

  std::string_view rest() const { return std::string_view(held_).substr(used_); }

  // The next line without its end; nullopt when it is not all there.
  Result<std::optional<std::string_view>> take_line() {
    const size_t end = rest().find('\n');
    if (end == std::string_view::npos) {
      if (is_input_ended_ || rest().size() > kLineBytesMax) return incomplete();
      return std::optional<std::string_view>();
    }
    std::string_view line = rest().substr(0, end);
    used_ += end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return std::optional<std::string_view>(line);
  }

  Result<bool> take_head() {
    const auto line = take_line();
    if (!line) return line.error();
    if (!line->has_value()) return false;
    const std::optional<ChunkHead> head = parse_chunk_head(**line);
    if (!head || (form_.is_signed && head->signature.empty())) return incomplete();
    signature_ = head->signature;
    chunk_remaining_ = head->bytes;
    if (head->bytes > 0) {
      if (is_short_) {
        return errors::InvalidChunkSizeError(
            "Only the last chunk is allowed to have a size less than 8192 bytes");
      }
      is_short_ = head->bytes < kChunkBytesMin;
      state_ = State::kBytes;
      return true;
    }
    RETURN_IF_ERROR(end_of_chunk());
    if (decoded_ != form_.decoded_bytes) return incomplete();
    state_ = State::kTrailers;
    return true;
  }

  Result<bool> take_bytes(std::string& out) {
    if (rest().empty()) {
      if (is_input_ended_) return incomplete();
      return false;
    }
    const size_t count = std::min<uint64_t>(rest().size(), chunk_remaining_);
    out.assign(rest().substr(0, count));
    used_ += count;
    decoded_ += count;
    chunk_remaining_ -= count;
    if (decoded_ > form_.decoded_bytes) return incomplete();
    if (form_.signing) digest_.update(out);
    if (chunk_remaining_ == 0) state_ = State::kBytesEnd;
    return true;
  }

  Result<bool> take_bytes_end() {
    if (rest().size() < 2) {
      if (is_input_ended_) return incomplete();
      return false;
    }
    if (rest().substr(0, 2) != "\r\n") return incomplete();
    used_ += 2;
    RETURN_IF_ERROR(end_of_chunk());
    state_ = State::kHead;
    return true;
  }

  // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
  Status end_of_chunk() {
    if (!form_.signing) return ok();
    return check_signature(signature_, "AWS4-HMAC-SHA256-PAYLOAD\n" + signing_place() +
                                           std::string(kEmptySha256) + "\n" + digest_.finish_hex());
  }

  std::string signing_place() const {
    return form_.signing->time + "\n" + form_.signing->scope + "\n" + previous_signature_ + "\n";
  }

  Status check_signature(std::string_view given, const std::string& string_to_sign) {
    previous_signature_ = hex_encode(hmac_sha256(form_.signing->key, string_to_sign));
    if (equals_in_constant_time(previous_signature_, given)) return ok();
    return errors::SignatureDoesNotMatch(
        "The request signature we calculated does not match the signature you provided. Check "
        "your key and signing method.");
  }

  Result<bool> take_trailer() {
    if (rest().empty() && is_input_ended_) return finish();
    const auto line = take_line();
    if (!line) return malformed_trailer();
    if (!line->has_value()) return false;
    if ((*line)->empty()) return finish();
    const size_t colon = (*line)->find(':');
    if (colon == std::string_view::npos || colon == 0 || trailers_.all().size() >= kTrailersMax)
      return malformed_trailer();
    std::string_view value = (*line)->substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    const std::string_view name = (*line)->substr(0, colon);
    if (name == kTrailerSignature) {
      trailer_signature_ = value;
    } else {
      trailers_.add(name, std::string(value));
    }
    return true;
  }

  Result<bool> finish() {
    for (const std::string& name : form_.trailers) {
      std::string lowered = name;
      for (char& c : lowered) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      if (trailers_.find(lowered) == nullptr) return malformed_trailer();
    }
    if (form_.signing && !trailers_.all().empty()) {
      std::string canonical;
      for (const auto& [name, value] : trailers_.all())
        canonical.append(name).append(":").append(value).append("\n");
      RETURN_IF_ERROR(
          check_signature(trailer_signature_,
                          "AWS4-HMAC-SHA256-TRAILER\n" + signing_place() + sha256_hex(canonical)));
    }
    state_ = State::kEnded;
    return true;
  }

  std::unique_ptr<ByteSource> encoded_;
  ChunkedForm form_;
  State state_ = State::kHead;
  std::string held_;  // received and not decoded, from used_ on
  size_t used_ = 0;
  bool is_input_ended_ = false;
  std::optional<Error> error_;

  uint64_t chunk_remaining_ = 0;
  uint64_t decoded_ = 0;
  bool is_short_ = false;  // the last chunk seen was shorter than kChunkBytesMin
  std::string signature_;
  std::string previous_signature_;
  std::string trailer_signature_;
  Sha256 digest_;
  Headers trailers_;
};

}  // namespace

std::unique_ptr<ByteSource> aws_chunked_source(std::unique_ptr<ByteSource> encoded,
                                               ChunkedForm form) {
  return std::make_unique<AwsChunkedSource>(std::move(encoded), std::move(form));
}

}  // namespace tidemill::sigv4
