// The chunked transfer coding, incoming: strict (RFC 9112 7.1), without its extensions' meaning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tidemill::http {

// Fed with bytes as they come; each call takes what it can.
class ChunkedDecoder {
 public:
  // Appends decoded bytes to `out` until it holds `out_bytes_max`; answers how many bytes of
  // `bytes` were used. Nothing is used after the end or after a malformed byte.
  size_t decode(std::string_view bytes, size_t out_bytes_max, std::string& out);
  bool is_ended() const { return state_ == State::kEnded; }
  bool is_malformed() const { return state_ == State::kMalformed; }

 private:
  enum class State : uint8_t {
    kSize,
    kExtension,
    kSizeLf,
    kBytes,
    kBytesCr,
    kBytesLf,
    kTrailer,
    kTrailerLf,
    kEnded,
    kMalformed,
  };
  void step(char c);
  void size_digit(char c);
  void end_of_size_line();

  static constexpr size_t kLineBytesMax = 4096;  // of extensions and of all trailers together
  State state_ = State::kSize;
  uint64_t remaining_ = 0;
  int digits_ = 0;
  size_t line_bytes_ = 0;
  bool line_is_empty_ = true;
};

}  // namespace tidemill::http
