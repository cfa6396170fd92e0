// Encoder: a value told as events, written by each protocol in its own form. Generated shapes and
// stored definitions tell themselves through `fields`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "wire/document.h"

namespace tidemill {

class Encoder {
 public:
  virtual ~Encoder() = default;
  virtual void begin_object() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void end_object() = 0;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;
  virtual void string(std::string_view value) = 0;
  virtual void number(std::string_view token) = 0;  // a JSON number
  virtual void boolean(bool value) = 0;
  virtual void blob(std::string_view bytes) = 0;
  virtual void timestamp(Timestamp value) = 0;
  virtual void null() = 0;
};

// Compact JSON, appended to `out`.
class JsonEncoder : public Encoder {
 public:
  explicit JsonEncoder(std::string& out) : out_(out) {}
  void begin_object() override;
  void key(std::string_view name) override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;
  void string(std::string_view value) override;
  void number(std::string_view token) override;
  void boolean(bool value) override;
  void blob(std::string_view bytes) override;
  void timestamp(Timestamp value) override;
  void null() override;

 private:
  void separate();
  std::string& out_;
  bool first_ = true;
};

// Builds a Document.
class DocumentEncoder : public Encoder {
 public:
  void begin_object() override;
  void key(std::string_view name) override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;
  void string(std::string_view value) override;
  void number(std::string_view token) override;
  void boolean(bool value) override;
  void blob(std::string_view bytes) override;
  void timestamp(Timestamp value) override;
  void null() override;

  Document take() { return std::move(root_); }

 private:
  void add(Document value);
  Document root_;
  std::vector<Document> open_;
  std::vector<std::string> keys_;  // the pending key of each open container
};

void encode(Encoder& out, const Document& value);

// ---- how a structure is told
//
// A structure has
//     template <class Visitor> void fields(Visitor& visit) { visit("StreamName", StreamName); ... }
// `encode` writes its members in that order, leaving out empty optionals and null Documents;
// `decode` reads them.

template <class T>
concept Structure = requires(T& value) {
  value.fields(*static_cast<struct FieldProbe*>(nullptr));
};
struct FieldProbe {
  template <class T>
  void operator()(std::string_view, T&) {}
};

inline void encode(Encoder& out, const std::string& value) { out.string(value); }
inline void encode(Encoder& out, bool value) { out.boolean(value); }
inline void encode(Encoder& out, int64_t value) { out.number(std::to_string(value)); }
inline void encode(Encoder& out, int32_t value) { out.number(std::to_string(value)); }
inline void encode(Encoder& out, uint64_t value) { out.number(std::to_string(value)); }
inline void encode(Encoder& out, double value) { out.number(Document(value).as_number()); }
inline void encode(Encoder& out, const Blob& value) { out.blob(value.bytes); }
inline void encode(Encoder& out, Timestamp value) { out.timestamp(value); }
template <class T>
void encode(Encoder& out, const std::vector<T>& values);
template <class T>
void encode(Encoder& out, const std::map<std::string, T>& values);
template <Structure T>
void encode(Encoder& out, const T& value);

struct EncodeFields {
  Encoder& out;
  template <class T>
  void operator()(std::string_view name, const T& member) {
    if constexpr (std::is_same_v<T, Document>) {
      if (member.is_null()) return;  // an opaque member that is not set
    }
    out.key(name);
    encode(out, member);
  }
  template <class T>
  void operator()(std::string_view name, const std::optional<T>& member) {
    if (member) (*this)(name, *member);
  }
  template <class T>
  void operator()(std::string_view name, T& member) {
    (*this)(name, static_cast<const T&>(member));
  }
};

template <Structure T>
void encode(Encoder& out, const T& value) {
  out.begin_object();
  EncodeFields visit{out};
  const_cast<T&>(value).fields(visit);
  out.end_object();
}
template <class T>
void encode(Encoder& out, const std::vector<T>& values) {
  out.begin_array();
  for (const T& value : values) encode(out, value);
  out.end_array();
}
template <class T>
void encode(Encoder& out, const std::map<std::string, T>& values) {
  out.begin_object();
  for (const auto& [name, value] : values) {
    out.key(name);
    encode(out, value);
  }
  out.end_object();
}

// ---- and how it is read. The Document fits the structure: requests were validated against the
// model before, stored definitions were written by us. A member of another kind is left as it was.

void decode(Document&& from, std::string& value);
void decode(Document&& from, bool& value);
void decode(Document&& from, int64_t& value);
void decode(Document&& from, int32_t& value);
void decode(Document&& from, uint64_t& value);
void decode(Document&& from, double& value);
void decode(Document&& from, Blob& value);       // also from base64 text
void decode(Document&& from, Timestamp& value);  // also from seconds
inline void decode(Document&& from, Document& value) { value = std::move(from); }
template <class T>
void decode(Document&& from, std::vector<T>& values);
template <class T>
void decode(Document&& from, std::map<std::string, T>& values);
template <class T>
void decode(Document&& from, std::optional<T>& value);
template <Structure T>
void decode(Document&& from, T& value);

struct DecodeFields {
  Document& from;
  template <class T>
  void operator()(std::string_view name, T& member) {
    if (Document* value = from.find(name); value && !value->is_null()) {
      decode(std::move(*value), member);
    }
  }
};

template <Structure T>
void decode(Document&& from, T& value) {
  DecodeFields visit{from};
  value.fields(visit);
}
template <class T>
void decode(Document&& from, std::optional<T>& value) {
  decode(std::move(from), value.emplace());
}
template <class T>
void decode(Document&& from, std::vector<T>& values) {
  if (!from.is_array()) return;
  values.reserve(from.as_array().size());
  for (Document& element : from.as_array()) decode(std::move(element), values.emplace_back());
}
template <class T>
void decode(Document&& from, std::map<std::string, T>& values) {
  if (!from.is_object()) return;
  for (auto& [name, member] : from.as_object()) decode(std::move(member), values[name]);
}

// JSON text of a structure, and back: the form in which definitions are stored.
template <Structure T>
std::string to_json(const T& value) {
  std::string out;
  JsonEncoder encoder(out);
  encode(encoder, value);
  return out;
}
template <Structure T>
Document to_document(const T& value) {
  DocumentEncoder encoder;
  encode(encoder, value);
  return encoder.take();
}
template <Structure T>
T from_document(Document from) {
  T value{};
  decode(std::move(from), value);
  return value;
}

}  // namespace tidemill
