#include "sys/random.h"

#include <cstring>

#include "wire/bytes.h"

namespace tidemill::sys {

std::string Random::bytes(size_t count) {
  std::string out;
  while (out.size() < count) {
    const uint64_t word = u64();
    char piece[sizeof word];
    std::memcpy(piece, &word, sizeof word);
    out.append(piece, std::min(sizeof word, count - out.size()));
  }
  return out;
}

std::string Random::uuid() {
  std::string raw = bytes(16);
  raw[6] = static_cast<char>((raw[6] & 0x0F) | 0x40);
  raw[8] = static_cast<char>((raw[8] & 0x3F) | 0x80);
  std::string text = hex_encode(raw);
  for (const size_t at : {8, 13, 18, 23}) text.insert(at, 1, '-');
  return text;
}

std::string Random::text(size_t count, const char* alphabet) {
  const size_t letters = std::strlen(alphabet);
  std::string out;
  for (size_t i = 0; i < count; ++i) out += alphabet[u64() % letters];
  return out;
}

}  // namespace tidemill::sys
