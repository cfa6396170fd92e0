#include "door/protocols/cbor.h"

#include <cbor.h>

#include <bit>
#include <cmath>
#include <memory>

namespace tidemill::protocols {
namespace {

constexpr int kDepthMax = 64;

struct Release {
  void operator()(cbor_item_t* item) const { cbor_decref(&item); }
};
using Item = std::unique_ptr<cbor_item_t, Release>;

bool convert(cbor_item_t* item, Document& out, int depth);

std::string definite_text(cbor_item_t* item) {
  return std::string(reinterpret_cast<const char*>(cbor_string_handle(item)),
                     cbor_string_length(item));
}

bool convert_text(cbor_item_t* item, Document& out) {
  std::string text;
  if (cbor_string_is_definite(item)) {
    text = definite_text(item);
  } else {
    cbor_item_t** chunks = cbor_string_chunks_handle(item);
    for (size_t i = 0; i < cbor_string_chunk_count(item); ++i) text += definite_text(chunks[i]);
  }
  out = Document(std::move(text));
  return true;
}

bool convert_bytes(cbor_item_t* item, Document& out) {
  std::string bytes;
  const auto append = [&bytes](cbor_item_t* piece) {
    bytes.append(reinterpret_cast<const char*>(cbor_bytestring_handle(piece)),
                 cbor_bytestring_length(piece));
  };
  if (cbor_bytestring_is_definite(item)) {
    append(item);
  } else {
    cbor_item_t** chunks = cbor_bytestring_chunks_handle(item);
    for (size_t i = 0; i < cbor_bytestring_chunk_count(item); ++i) append(chunks[i]);
  }
  out = Document(Blob{std::move(bytes)});
  return true;
}

bool convert_array(cbor_item_t* item, Document& out, int depth) {
  Document::Array elements(cbor_array_size(item));
  cbor_item_t** handles = cbor_array_handle(item);
  for (size_t i = 0; i < elements.size(); ++i) {
    if (!convert(handles[i], elements[i], depth + 1)) return false;
  }
  out = Document(std::move(elements));
  return true;
}

bool convert_map(cbor_item_t* item, Document& out, int depth) {
  Document::Object members;
  const cbor_pair* pairs = cbor_map_handle(item);
  for (size_t i = 0; i < cbor_map_size(item); ++i) {
    Document key;
    if (!convert(pairs[i].key, key, depth + 1) || !key.is_string()) return false;
    auto& member = members.emplace_back(key.as_string(), Document());
    if (!convert(pairs[i].value, member.second, depth + 1)) return false;
  }
  out = Document(std::move(members));
  return true;
}

// Tag 1 is a time: AWS sends milliseconds as an integer, RFC 8949 seconds as a float.
bool convert_tag(cbor_item_t* item, Document& out, int depth) {
  const Item inner(cbor_tag_item(item));
  Document value;
  if (!convert(inner.get(), value, depth + 1)) return false;
  if (cbor_tag_value(item) == 1 && value.is_number()) {
    const bool milliseconds = cbor_isa_uint(inner.get()) || cbor_isa_negint(inner.get());
    const double number = value.to_double().value_or(0);
    value = Document(Timestamp{std::llround(milliseconds ? number : number * 1000)});
  }
  out = std::move(value);
  return true;
}

bool convert_simple(cbor_item_t* item, Document& out) {
  if (cbor_is_float(item)) {
    const double number = cbor_float_get_float(item);
    if (!std::isfinite(number)) return false;
    out = Document(number);
    return true;
  }
  if (cbor_is_bool(item)) {
    out = Document(cbor_get_bool(item));
    return true;
  }
  out = Document();
  return cbor_is_null(item) || cbor_is_undef(item);
}

bool convert(cbor_item_t* item, Document& out, int depth) {
  if (depth > kDepthMax) return false;
  switch (cbor_typeof(item)) {
    case CBOR_TYPE_UINT:
      out = Document(cbor_get_int(item));
      return true;
    case CBOR_TYPE_NEGINT:
      out = Document(-1 - static_cast<int64_t>(cbor_get_int(item)));
      return true;
    case CBOR_TYPE_BYTESTRING:
      return convert_bytes(item, out);
    case CBOR_TYPE_STRING:
      return convert_text(item, out);
    case CBOR_TYPE_ARRAY:
      return convert_array(item, out, depth);
    case CBOR_TYPE_MAP:
      return convert_map(item, out, depth);
    case CBOR_TYPE_TAG:
      return convert_tag(item, out, depth);
    case CBOR_TYPE_FLOAT_CTRL:
      return convert_simple(item, out);
  }
  return false;
}

}  // namespace

Result<Document> document_of_cbor(std::string_view bytes) {
  cbor_load_result loaded{};
  const Item item(cbor_load(reinterpret_cast<cbor_data>(bytes.data()), bytes.size(), &loaded));
  Document out;
  if (!item || loaded.read != bytes.size() || !convert(item.get(), out, 0)) {
    return errors::SerializationException("Could not parse the body as CBOR");
  }
  return out;
}

void CborEncoder::head(int major, uint64_t argument) {
  const auto lead = static_cast<unsigned>(major) << 5;
  int width = 8;
  unsigned code = 27;
  if (argument < 24) {
    out_ += static_cast<char>(lead | argument);
    return;
  }
  if (argument <= 0xFF) {
    width = 1, code = 24;
  } else if (argument <= 0xFFFF) {
    width = 2, code = 25;
  } else if (argument <= 0xFFFFFFFF) {
    width = 4, code = 26;
  }
  out_ += static_cast<char>(lead | code);
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
    out_ += static_cast<char>(argument >> shift & 255);
  }
}

void CborEncoder::whole(int64_t value) {
  if (value >= 0) {
    head(0, static_cast<uint64_t>(value));
  } else {
    head(1, static_cast<uint64_t>(-1 - value));
  }
}

void CborEncoder::string(std::string_view value) {
  head(3, value.size());
  out_ += value;
}

void CborEncoder::blob(std::string_view bytes) {
  head(2, bytes.size());
  out_ += bytes;
}

void CborEncoder::number(std::string_view token) {
  const Document value(Document::Number{std::string(token)});
  if (const auto number = value.to_int64()) return whole(*number);
  out_ += '\xFB';
  const auto bits = std::bit_cast<uint64_t>(value.to_double().value_or(0));
  for (int shift = 56; shift >= 0; shift -= 8) out_ += static_cast<char>(bits >> shift & 255);
}

void CborEncoder::timestamp(Timestamp value) {
  head(6, 1);
  whole(value.milliseconds);
}

}  // namespace tidemill::protocols
