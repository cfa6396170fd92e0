#include "services/s3/checksums.h"

#include <openssl/evp.h>
#include <zlib.h>

#include <array>
#include <bit>
#include <cstring>

namespace tidemill::s3 {
namespace {

constexpr uint32_t kPolynomial32 = 0xEDB88320;
constexpr uint32_t kPolynomial32c = 0x82F63B78;
constexpr uint64_t kPolynomial64nvme = 0x9A6C9329AC4BC9B5;

// A reflected CRC, eight bytes at a step ("slicing by 8").
template <class T, T kPolynomial>
struct Crc {
  using Tables = std::array<std::array<T, 256>, 8>;

  static const Tables& tables() {
    static const Tables made = [] {
      Tables tables{};
      for (int i = 0; i < 256; ++i) {
        T crc = static_cast<T>(i);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? kPolynomial : 0);
        tables[0][i] = crc;
      }
      for (int i = 0; i < 256; ++i) {
        for (int k = 1; k < 8; ++k) {
          const T before = tables[k - 1][i];
          tables[k][i] = (before >> 8) ^ tables[0][before & 255];
        }
      }
      return tables;
    }();
    return made;
  }

  static T update(T crc, std::string_view bytes) {
    static_assert(std::endian::native == std::endian::little);
    const Tables& t = tables();
    const char* at = bytes.data();
    size_t left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
      uint64_t word;
      std::memcpy(&word, at, 8);
      word ^= crc;
      crc = t[7][word & 255] ^ t[6][word >> 8 & 255] ^ t[5][word >> 16 & 255] ^
            t[4][word >> 24 & 255] ^ t[3][word >> 32 & 255] ^ t[2][word >> 40 & 255] ^
            t[1][word >> 48 & 255] ^ t[0][word >> 56];
    }
    for (; left > 0; --left, ++at) {
      crc = (crc >> 8) ^ t[0][(crc ^ static_cast<uint8_t>(*at)) & 255];
    }
    return crc;
  }
};

// a * b modulo the polynomial, bits reflected. `a` is not 0.
template <class T>
T multiply(T a, T b, T polynomial) {
  T product = 0;
  for (T bit = T{1} << (sizeof(T) * 8 - 1); bit != 0; bit >>= 1) {
    if (a & bit) product ^= b;
    b = (b >> 1) ^ (b & 1 ? polynomial : 0);
  }
  return product;
}

// x to the power 8 * bytes: what `bytes` zero bytes do to a CRC.
template <class T>
T shift_by(uint64_t bytes, T polynomial) {
  T power = T{1} << (sizeof(T) * 8 - 2);  // x
  for (int i = 0; i < 3; ++i) power = multiply(power, power, polynomial);
  T shift = T{1} << (sizeof(T) * 8 - 1);  // 1
  for (; bytes != 0; bytes >>= 1) {
    if (bytes & 1) shift = multiply(power, shift, polynomial);
    power = multiply(power, power, polynomial);
  }
  return shift;
}

template <class T>
std::string big_endian(T value) {
  std::string bytes(sizeof(T), '\0');
  for (size_t i = 0; i < sizeof(T); ++i) {
    bytes[i] = static_cast<char>(value >> (8 * (sizeof(T) - 1 - i)) & 255);
  }
  return bytes;
}

template <class T>
T from_big_endian(std::string_view bytes) {
  CHECK(bytes.size() == sizeof(T));
  T value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<uint8_t>(c);
  return value;
}

template <class T>
std::string combine_crc(std::string_view a, std::string_view b, uint64_t b_size, T polynomial) {
  const T shifted = multiply(shift_by(b_size, polynomial), from_big_endian<T>(a), polynomial);
  return big_endian<T>(shifted ^ from_big_endian<T>(b));
}

template <class T, T kPolynomial>
class CrcDigest : public Digest {
 public:
  void update(std::string_view bytes) override { crc_ = Crc<T, kPolynomial>::update(crc_, bytes); }
  std::string finish() override { return big_endian<T>(~crc_); }

 private:
  T crc_ = ~T{0};
};

// zlib's own is faster than the tables above.
class Crc32Digest : public Digest {
 public:
  void update(std::string_view bytes) override {
    crc_ = crc32_z(crc_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  }
  std::string finish() override { return big_endian<uint32_t>(static_cast<uint32_t>(crc_)); }

 private:
  uLong crc_ = 0;
};

class OpensslDigest : public Digest {
 public:
  explicit OpensslDigest(const EVP_MD* kind) : context_(EVP_MD_CTX_new()) {
    CHECK(context_ && EVP_DigestInit_ex(context_.get(), kind, nullptr) == 1);
  }
  void update(std::string_view bytes) override {
    CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }
  std::string finish() override {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    CHECK(EVP_DigestFinal_ex(context_.get(), digest, &size) == 1);
    return std::string(reinterpret_cast<char*>(digest), size);
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace

std::string_view name_of(ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc32:
      return "CRC32";
    case ChecksumAlgorithm::kCrc32c:
      return "CRC32C";
    case ChecksumAlgorithm::kSha1:
      return "SHA1";
    case ChecksumAlgorithm::kSha256:
      return "SHA256";
    case ChecksumAlgorithm::kCrc64nvme:
      return "CRC64NVME";
  }
  CHECK(false);
}

std::optional<ChecksumAlgorithm> checksum_algorithm(std::string_view name) {
  for (const ChecksumAlgorithm algorithm : kChecksumAlgorithms) {
    if (name_of(algorithm) == name) return algorithm;
  }
  return std::nullopt;
}

std::string header_of(ChecksumAlgorithm algorithm) {
  std::string header = "x-amz-checksum-";
  for (const char c : name_of(algorithm)) {
    header += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return header;
}

size_t bytes_of(ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc32:
    case ChecksumAlgorithm::kCrc32c:
      return 4;
    case ChecksumAlgorithm::kSha1:
      return 20;
    case ChecksumAlgorithm::kSha256:
      return 32;
    case ChecksumAlgorithm::kCrc64nvme:
      return 8;
  }
  CHECK(false);
}

std::unique_ptr<Digest> make_digest(ChecksumAlgorithm algorithm) {
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc32:
      return std::make_unique<Crc32Digest>();
    case ChecksumAlgorithm::kCrc32c:
      return std::make_unique<CrcDigest<uint32_t, kPolynomial32c>>();
    case ChecksumAlgorithm::kSha1:
      return std::make_unique<OpensslDigest>(EVP_sha1());
    case ChecksumAlgorithm::kSha256:
      return std::make_unique<OpensslDigest>(EVP_sha256());
    case ChecksumAlgorithm::kCrc64nvme:
      return std::make_unique<CrcDigest<uint64_t, kPolynomial64nvme>>();
  }
  CHECK(false);
}

std::unique_ptr<Digest> make_md5() { return std::make_unique<OpensslDigest>(EVP_md5()); }

std::string md5_of(std::string_view bytes) {
  OpensslDigest digest(EVP_md5());
  digest.update(bytes);
  return digest.finish();
}

std::string checksum_of(ChecksumAlgorithm algorithm, std::string_view bytes) {
  const auto digest = make_digest(algorithm);
  digest->update(bytes);
  return digest->finish();
}

std::string combine(ChecksumAlgorithm algorithm, std::string_view a, std::string_view b,
                    uint64_t b_size) {
  CHECK(is_linear(algorithm));
  if (algorithm == ChecksumAlgorithm::kCrc64nvme) {
    return combine_crc<uint64_t>(a, b, b_size, kPolynomial64nvme);
  }
  const bool castagnoli = algorithm == ChecksumAlgorithm::kCrc32c;
  return combine_crc<uint32_t>(a, b, b_size, castagnoli ? kPolynomial32c : kPolynomial32);
}

}  // namespace tidemill::s3
