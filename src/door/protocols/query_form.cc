#include "door/protocols/query_form.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "door/protocols/text_values.h"

namespace tidemill::protocols {
namespace {

constexpr int kDepthMax = 32;

class FormReader {
 public:
  explicit FormReader(const FormFields& fields) : fields_(fields.begin(), fields.end()) {}

  Result<Document> structure(const Shape& shape, const std::string& prefix, int depth) const {
    Document out = Document::object();
    for (const Member& member : shape.members) {
      const std::string path = prefix + std::string(member.wire_name);
      if (!mentions(path)) continue;
      auto inner = value(*member.shape, path, member.flattened, depth + 1);
      if (!inner) return inner;
      out.set(member.name, *std::move(inner));
    }
    return out;
  }

 private:
  // Whether a field is `path` or begins with "path.".
  bool mentions(const std::string& path) const {
    if (fields_.count(path)) return true;
    const auto next = fields_.lower_bound(path + ".");
    return next != fields_.end() && next->first.starts_with(path + ".");
  }

  // The numbers N of the fields "path.N" and "path.N.more", in order.
  std::set<int> indexes(const std::string& path) const {
    std::set<int> found;
    const std::string from = path + ".";
    for (auto field = fields_.lower_bound(from);
         field != fields_.end() && field->first.starts_with(from); ++field) {
      const char* begin = field->first.data() + from.size();
      int number = 0;
      const auto read = std::from_chars(begin, field->first.data() + field->first.size(), number);
      if (read.ec == std::errc{}) found.insert(number);
    }
    return found;
  }

  Result<Document> value(const Shape& shape, const std::string& path, bool flattened,
                         int depth) const {
    if (depth > kDepthMax) return errors::SerializationException("The request nests too deep");
    if (shape.kind == ShapeKind::kStructure) return structure(shape, path + ".", depth);
    if (shape.kind == ShapeKind::kList) return list(shape, path, flattened, depth);
    if (shape.kind == ShapeKind::kMap) return map(shape, path, flattened, depth);
    const auto found = fields_.find(path);
    if (found == fields_.end()) return Document();
    return value_of_text(shape, found->second);
  }

  Result<Document> list(const Shape& shape, const std::string& path, bool flattened,
                        int depth) const {
    const std::string element_name(shape.element_name.empty() ? "member" : shape.element_name);
    const std::string base = flattened || shape.flattened ? path : path + "." + element_name;
    Document out = Document::array();
    for (const int index : indexes(base)) {
      auto element = value(*shape.element, base + "." + std::to_string(index), false, depth + 1);
      if (!element) return element;
      out.push(*std::move(element));
    }
    return out;
  }

  Result<Document> map(const Shape& shape, const std::string& path, bool flattened,
                       int depth) const {
    const std::string key_name(shape.key_name.empty() ? "key" : shape.key_name);
    const std::string value_name(shape.value_name.empty() ? "value" : shape.value_name);
    const std::string base = flattened || shape.flattened ? path : path + ".entry";
    Document out = Document::object();
    for (const int index : indexes(base)) {
      const std::string entry = base + "." + std::to_string(index) + ".";
      const auto key = fields_.find(entry + key_name);
      if (key == fields_.end()) continue;
      auto inner = value(*shape.element, entry + value_name, false, depth + 1);
      if (!inner) return inner;
      out.set(key->second, *std::move(inner));
    }
    return out;
  }

  std::map<std::string, std::string> fields_;
};

}  // namespace

Result<Document> document_of_form(const Shape& shape, const FormFields& fields) {
  return FormReader(fields).structure(shape, "", 0);
}

}  // namespace tidemill::protocols
