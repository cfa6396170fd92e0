// CBOR bodies (RFC 8949) as the AWS SDK for Java speaks them with Kinesis
// (application/x-amz-cbor-1.1).
#pragma once

#include <string>
#include <string_view>

#include "wire/encoder.h"
#include "wire/result.h"

namespace tidemill::protocols {

// SerializationException when the bytes are not one CBOR value.
Result<Document> document_of_cbor(std::string_view bytes);

// Containers are of indefinite length; timestamps are tag 1 with milliseconds, as AWS sends them.
class CborEncoder : public Encoder {
 public:
  explicit CborEncoder(std::string& out) : out_(out) {}
  void begin_object() override { out_ += '\xBF'; }
  void key(std::string_view name) override { string(name); }
  void end_object() override { out_ += '\xFF'; }
  void begin_array() override { out_ += '\x9F'; }
  void end_array() override { out_ += '\xFF'; }
  void string(std::string_view value) override;
  void number(std::string_view token) override;
  void boolean(bool value) override { out_ += value ? '\xF5' : '\xF4'; }
  void blob(std::string_view bytes) override;
  void timestamp(Timestamp value) override;
  void null() override { out_ += '\xF6'; }

 private:
  void head(int major, uint64_t argument);
  void whole(int64_t value);
  std::string& out_;
};

}  // namespace tidemill::protocols
