#include "door/sigv4/canonical.h"

#include <algorithm>
#include <utility>

namespace tidemill::sigv4 {
namespace {

std::string remove_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  std::string_view rest = path;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      kept.push_back(segment);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  if (out.empty() || path.ends_with('/')) out += '/';
  return out;
}

// Without space at the ends; within, runs of spaces are one.
void append_canonical_value(std::string_view value, std::string& out) {
  bool pending_space = false;
  bool begun = false;
  for (const char c : value) {
    if (c == ' ' || c == '\t') {
      pending_space = begun;
      continue;
    }
    if (std::exchange(pending_space, false)) out += ' ';
    out += c;
    begun = true;
  }
}

}  // namespace

std::string canonical_path(std::string_view path, bool is_s3) {
  if (path.empty()) return "/";
  if (is_s3) return percent_encode(percent_decode(path), true);
  return percent_encode(remove_dot_segments(path), true);
}

std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs = parse_query(query);
  std::erase_if(pairs, [](const auto& pair) { return pair.first == "X-Amz-Signature"; });
  for (auto& [name, value] : pairs) {
    name = percent_encode(name);
    value = percent_encode(value);
  }
  std::sort(pairs.begin(), pairs.end());
  std::string out;
  for (const auto& [name, value] : pairs) {
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(value);
  }
  return out;
}

std::string canonical_headers(const HttpRequest& request,
                              const std::vector<std::string>& signed_headers) {
  std::string out;
  for (const std::string& name : signed_headers) {
    out.append(name).append(":");
    if (name == "host" || name == ":authority") {
      append_canonical_value(request.authority, out);
    } else {
      bool is_first = true;
      for (const auto& [field, value] : request.headers.all()) {
        if (field != name) continue;
        if (!std::exchange(is_first, false)) out += ',';
        append_canonical_value(value, out);
      }
    }
    out += '\n';
  }
  return out;
}

std::string canonical_request(const HttpRequest& request,
                              const std::vector<std::string>& signed_headers, bool is_s3,
                              std::string_view payload_hash) {
  std::string out = request.method + "\n" + canonical_path(request.path(), is_s3) + "\n" +
                    canonical_query(request.query()) + "\n" +
                    canonical_headers(request, signed_headers) + "\n";
  for (const std::string& name : signed_headers) {
    if (&name != &signed_headers.front()) out += ';';
    out += name;
  }
  return out.append("\n").append(payload_hash);
}

}  // namespace tidemill::sigv4
