#include "door/http/chunked.h"

#include <algorithm>

namespace tidemill::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr int kSizeDigitsMax = 15;

}  // namespace

size_t ChunkedDecoder::decode(std::string_view bytes, size_t out_bytes_max, std::string& out) {
  size_t used = 0;
  while (used < bytes.size() && !is_ended() && !is_malformed()) {
    if (state_ != State::kBytes) {
      step(bytes[used]);
      used += is_malformed() ? 0 : 1;
      continue;
    }
    const size_t room = out_bytes_max - std::min(out_bytes_max, out.size());
    if (room == 0) break;
    const size_t count = std::min({bytes.size() - used, room, static_cast<size_t>(remaining_)});
    out.append(bytes.substr(used, count));
    used += count;
    remaining_ -= count;
    if (remaining_ == 0) state_ = State::kBytesCr;
  }
  return used;
}

void ChunkedDecoder::step(char c) {
  switch (state_) {
    case State::kSize:
      return size_digit(c);
    case State::kExtension:
      if (c == '\r') {
        state_ = State::kSizeLf;
      } else if (c == '\n' || ++line_bytes_ > kLineBytesMax) {
        state_ = State::kMalformed;
      }
      return;
    case State::kSizeLf:
      return c == '\n' ? end_of_size_line() : void(state_ = State::kMalformed);
    case State::kBytesCr:
      state_ = c == '\r' ? State::kBytesLf : State::kMalformed;
      return;
    case State::kBytesLf:
      state_ = c == '\n' ? State::kSize : State::kMalformed;
      return;
    case State::kTrailer:
      if (c == '\r') {
        state_ = State::kTrailerLf;
      } else if (c == '\n' || ++line_bytes_ > kLineBytesMax) {
        state_ = State::kMalformed;
      } else {
        line_is_empty_ = false;
      }
      return;
    case State::kTrailerLf:
      if (c != '\n') {
        state_ = State::kMalformed;
      } else {
        state_ = line_is_empty_ ? State::kEnded : State::kTrailer;
        line_is_empty_ = true;
      }
      return;
    default:
      state_ = State::kMalformed;
  }
}

void ChunkedDecoder::size_digit(char c) {
  const int value = hex_value(c);
  if (value >= 0 && ++digits_ <= kSizeDigitsMax) {
    remaining_ = remaining_ * 16 + static_cast<uint64_t>(value);
  } else if (value < 0 && digits_ > 0 && c == '\r') {
    state_ = State::kSizeLf;
  } else if (value < 0 && digits_ > 0 && c == ';') {
    state_ = State::kExtension;
  } else {
    state_ = State::kMalformed;
  }
}

void ChunkedDecoder::end_of_size_line() {
  state_ = remaining_ == 0 ? State::kTrailer : State::kBytes;
  digits_ = 0;
  line_bytes_ = 0;
}

}  // namespace tidemill::http
