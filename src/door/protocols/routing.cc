#include "door/protocols/routing.h"

#include <algorithm>

namespace tidemill::protocols {
namespace {

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (!path.empty()) {
    const size_t slash = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return segments;
}

bool is_label(std::string_view segment) { return segment.starts_with('{'); }
bool is_greedy(std::string_view segment) { return segment.ends_with("+}"); }
std::string label_name(std::string_view segment) {
  segment.remove_prefix(1);
  segment.remove_suffix(is_greedy(segment) ? 2 : 1);
  return std::string(segment);
}

const OperationRoute* find_operation(const ServiceModel& service, std::string_view name) {
  const auto found = std::lower_bound(
      service.operations.begin(), service.operations.end(), name,
      [](const OperationRoute& route, std::string_view wanted) { return route.name < wanted; });
  return found != service.operations.end() && found->name == name ? &*found : nullptr;
}

Error unknown(std::string_view what) {
  return errors::UnknownOperationException("Unknown operation: " + std::string(what));
}

// Whether `path` has the form of `segments`; its labels go to `uri`, decoded.
bool matches_path(const std::vector<std::string_view>& segments, std::string_view path,
                  std::map<std::string, std::string>& uri) {
  if (path.starts_with('/')) path.remove_prefix(1);
  for (size_t i = 0; i < segments.size(); ++i) {
    const std::string_view segment = segments[i];
    if (path.empty()) return false;
    if (is_greedy(segment)) {
      uri[label_name(segment)] = percent_decode(path);
      return true;
    }
    const size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (is_label(segment)) {
      if (part.empty()) return false;
      uri[label_name(segment)] = percent_decode(part);
    } else if (part != segment) {
      return false;
    }
  }
  return path.empty();
}

}  // namespace

bool is_named(const ServiceModel& service, std::string_view name) {
  return service.signing_name == name || service.folder == name;
}

Router::Router(const std::vector<const ServiceModel*>& services) {
  for (const ServiceModel* service : services) {
    if (!service->target_prefix.empty()) targets_.emplace(service->target_prefix, service);
    if (service->protocol == Protocol::kQuery) query_services_.push_back(service);
    const bool rest =
        service->protocol == Protocol::kRestJson || service->protocol == Protocol::kRestXml;
    if (!rest) continue;
    Rest table{service, {}};
    for (const OperationRoute& operation : service->operations) {
      const size_t mark = std::min(operation.http_uri.find('?'), operation.http_uri.size());
      Template entry{&operation, split_path(operation.http_uri.substr(0, mark)), {}};
      std::string_view query =
          operation.http_uri.substr(std::min(mark + 1, operation.http_uri.size()));
      while (!query.empty()) {
        const size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const size_t equals = std::min(pair.find('='), pair.size());
        entry.query.emplace_back(pair.substr(0, equals),
                                 pair.substr(std::min(equals + 1, pair.size())));
        query.remove_prefix(std::min(end + 1, query.size()));
      }
      table.by_method[operation.http_method].push_back(std::move(entry));
    }
    rest_.push_back(std::move(table));
  }
}

Result<Route> Router::route(const HttpRequest& request, const Identity& identity,
                            const std::vector<std::pair<std::string, std::string>>& form) const {
  const std::string* target = request.headers.find("x-amz-target");
  if (target) return by_target(*target, request.headers.get("content-type"));
  if (!form.empty()) return by_action(identity, form);
  return by_path(request, identity);
}

Result<Route> Router::by_target(std::string_view target, std::string_view content_type) const {
  const size_t dot = target.rfind('.');
  if (dot == std::string_view::npos) return unknown(target);
  const auto service = targets_.find(target.substr(0, dot));
  if (service == targets_.end()) {
    return errors::NotImplemented("Tidemill does not have the service of " + std::string(target));
  }
  const OperationRoute* operation = find_operation(*service->second, target.substr(dot + 1));
  if (!operation) return unknown(target);
  Format format = Format::kJson11;
  if (content_type.starts_with("application/x-amz-json-1.0")) format = Format::kJson10;
  if (content_type.starts_with("application/x-amz-cbor") ||
      content_type.starts_with("application/cbor")) {
    format = Format::kCbor;
  }
  return Route{service->second, operation, format};
}

Result<Route> Router::by_action(
    const Identity& identity, const std::vector<std::pair<std::string, std::string>>& form) const {
  std::string_view action;
  std::string_view version;
  for (const auto& [name, value] : form) {
    if (name == "Action") action = value;
    if (name == "Version") version = value;
  }
  for (const ServiceModel* service : query_services_) {
    const bool chosen = identity.service.empty() ? service->api_version == version
                                                 : is_named(*service, identity.service);
    if (!chosen) continue;
    const OperationRoute* operation = find_operation(*service, action);
    if (!operation) return unknown(action);
    return Route{service, operation, Format::kQuery};
  }
  return errors::NotImplemented("Tidemill does not have the service of " + std::string(action));
}

const Router::Rest* Router::rest_service(const HttpRequest& request,
                                         const Identity& identity) const {
  for (const Rest& rest : rest_) {
    if (!identity.service.empty() && is_named(*rest.service, identity.service)) return &rest;
  }
  if (!identity.service.empty()) return nullptr;
  // Unsigned: a path that only one service's model has; anything else is an object in S3.
  for (const Rest& rest : rest_) {
    if (rest.service->protocol != Protocol::kRestJson) continue;
    const auto templates = rest.by_method.find(request.method);
    if (templates == rest.by_method.end()) continue;
    for (const Template& entry : templates->second) {
      std::map<std::string, std::string> labels;
      const bool named = !entry.segments.empty() && !is_label(entry.segments.front());
      if (named && matches_path(entry.segments, request.path(), labels)) return &rest;
    }
  }
  for (const Rest& rest : rest_) {
    if (rest.service->protocol == Protocol::kRestXml) return &rest;
  }
  return nullptr;
}

Result<Route> Router::by_path(const HttpRequest& request, const Identity& identity) const {
  const Rest* rest = rest_service(request, identity);
  if (!rest) {
    return errors::NotImplemented("Tidemill does not have the service '" + identity.service + "'");
  }
  const auto templates = rest->by_method.find(request.method);
  if (templates == rest->by_method.end()) return unknown(request.method + " " + request.target);
  const auto query = parse_query(request.query());
  const auto has_query = [&query](std::string_view name, std::string_view value) {
    return std::any_of(query.begin(), query.end(), [&](const auto& pair) {
      return pair.first == name && (value.empty() || pair.second == value);
    });
  };
  // The most specific one: the most literal and required parts that are all there.
  Route best;
  size_t best_score = 0;
  for (const Template& entry : templates->second) {
    const OperationRoute& operation = *entry.operation;
    const size_t extras =
        entry.query.size() + operation.required_query.size() + operation.required_headers.size();
    const size_t literals = static_cast<size_t>(
        std::count_if(entry.segments.begin(), entry.segments.end(),
                      [](std::string_view segment) { return !is_label(segment); }));
    const size_t score = 1 + literals * 16 + entry.segments.size() * 4 + extras;
    if (score <= best_score) continue;
    const bool fits =
        std::all_of(entry.query.begin(), entry.query.end(),
                    [&](const auto& pair) { return has_query(pair.first, pair.second); }) &&
        std::all_of(operation.required_query.begin(), operation.required_query.end(),
                    [&](std::string_view name) { return has_query(name, ""); }) &&
        std::all_of(operation.required_headers.begin(), operation.required_headers.end(),
                    [&](std::string_view name) { return request.headers.find(name) != nullptr; });
    std::map<std::string, std::string> labels;
    if (!fits || !matches_path(entry.segments, request.path(), labels)) continue;
    best_score = score;
    best.operation = &operation;
    best.uri = std::move(labels);
  }
  if (!best.operation) return unknown(request.method + " " + std::string(request.path()));
  best.service = rest->service;
  best.format =
      rest->service->protocol == Protocol::kRestXml ? Format::kRestXml : Format::kRestJson;
  return best;
}

}  // namespace tidemill::protocols
