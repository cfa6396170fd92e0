#include "door/http/response_head.h"

#include <fmt/format.h>

#include <chrono>

namespace tidemill::http {

std::string_view reason_of(int status) {
  switch (status) {
    case 100:
      return "Continue";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 400:
      return "Bad Request";
    case 402:
      return "Payment Required";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

bool is_connection_field(std::string_view name) {
  return name == "content-length" || name == "transfer-encoding" || name == "connection" ||
         name == "keep-alive" || name == "upgrade" || name == "proxy-connection";
}

void append_field_value(std::string_view value, std::string& out) {
  const size_t start = out.size();
  out.append(value);
  for (size_t i = start; i < out.size(); ++i) {
    if (out[i] == '\r' || out[i] == '\n' || out[i] == '\0') out[i] = ' ';
  }
}

BodyPlan plan_body(const HttpResponse& response, bool is_head_request) {
  BodyPlan plan;
  if (response.status < 200 || response.status == 204) return plan;
  const bool stays_away =
      is_head_request || response.status == 304 || response.length_without_body.has_value();
  plan.sends_bytes = !stays_away;
  if (response.length_without_body) {
    plan.length = response.length_without_body;
  } else if (response.stream) {
    plan.length = response.stream->length();
  } else if (response.status != 304) {
    plan.length = response.body.size();
  }
  return plan;
}

void append_response_head(const HttpResponse& response, const BodyPlan& plan, bool may_chunk,
                          Ending ending, std::string_view date, std::string& out) {
  if (response.status == 200) {
    out += "HTTP/1.1 200 OK\r\n";
  } else {
    out +=
        fmt::format(FMT_STRING("HTTP/1.1 {} {}\r\n"), response.status, reason_of(response.status));
  }
  bool dated = false;
  for (const auto& [name, value] : response.headers.all()) {
    if (is_connection_field(name)) continue;
    dated = dated || name == "date";
    out.append(name).append(": ");
    append_field_value(value, out);
    out += "\r\n";
  }
  if (!dated) out.append("date: ").append(date).append("\r\n");
  if (plan.length) {
    const fmt::format_int digits(*plan.length);
    out.append("content-length: ").append(digits.data(), digits.size()).append("\r\n");
  } else if (plan.sends_bytes && may_chunk) {
    out += "transfer-encoding: chunked\r\n";
  }
  if (ending == Ending::kClose) out += "connection: close\r\n";
  if (ending == Ending::kKeepAliveSaid) out += "connection: keep-alive\r\n";
  out += "\r\n";
}

void append_chunk_size(size_t bytes, std::string& out) {
  out += fmt::format(FMT_STRING("{:x}\r\n"), bytes);
}

std::string http_date(int64_t seconds_since_1970) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds point{std::chrono::seconds(seconds_since_1970)};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(point - day);
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
      time.seconds().count());
}

}  // namespace tidemill::http
