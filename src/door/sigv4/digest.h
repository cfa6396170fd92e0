// SHA-256 and HMAC-SHA-256 as SigV4 uses them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace tidemill::sigv4 {

inline constexpr std::string_view kEmptySha256 =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view text);  // 32 bytes

// Compares in a time that does not depend on where the two differ.
bool equals_in_constant_time(std::string_view a, std::string_view b);

// SHA-256 of what comes piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(std::string_view bytes);
  std::string finish_hex();  // and begins anew

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tidemill::sigv4
