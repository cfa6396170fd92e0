// Literals and the values of the session.
#include <fmt/format.h>

#include <charconv>
#include <map>

#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

namespace {

// Days since 1970-01-01 to a date (Howard Hinnant's civil_from_days).
std::string date_text(int64_t days) {
  const int64_t shifted = days + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month_index = (5 * day_of_year + 2) / 153;
  const int64_t day = day_of_year - (153 * month_index + 2) / 5 + 1;
  const int64_t month = month_index < 10 ? month_index + 3 : month_index - 9;
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string time_text(int64_t milliseconds) {
  return fmt::format("{:02}:{:02}:{:02}.{:03}", milliseconds / 3600000, milliseconds / 60000 % 60,
                     milliseconds / 1000 % 60, milliseconds % 1000);
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "2020-01-02", with a sign and more digits allowed in the year.
bool is_date(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const size_t first = text.find('-');
  if (first == std::string_view::npos || !is_digits(text.substr(0, first))) return false;
  text.remove_prefix(first + 1);
  const size_t second = text.find('-');
  if (second == std::string_view::npos) return false;
  return is_digits(text.substr(0, second)) && is_digits(text.substr(second + 1));
}

size_t characters(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

}  // namespace

Typed Translator::literal(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kNull:
      return Typed{Type{}, "NULL"};
    case ExprKind::kBoolean:
      return Typed{simple(TypeKind::kBoolean), expr.text};
    case ExprKind::kInteger:
      return integer_literal(expr);
    case ExprKind::kDecimal:
      return decimal_literal(expr.at, expr.text);
    case ExprKind::kDouble: {
      Typed out{simple(TypeKind::kDouble), "CAST('" + expr.text + "' AS DOUBLE)"};
      return out;
    }
    case ExprKind::kString: {
      if (expr.text.find('\0') != std::string::npos) {
        return failed(not_supported(expr.at, "A zero byte in a string literal"));
      }
      Typed out{varchar(static_cast<int>(characters(expr.text))), quote_text(expr.text)};
      out.constant = expr.text;
      return out;
    }
    default: {
      std::string sql = "'";
      for (const char c : expr.text) {
        sql += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
      }
      return Typed{simple(TypeKind::kVarbinary), sql + "'::BLOB"};
    }
  }
}

Typed Translator::integer_literal(const Expr& expr) {
  int64_t value = 0;
  const char* end = expr.text.data() + expr.text.size();
  const auto [parsed, error] = std::from_chars(expr.text.data(), end, value);
  if (error != std::errc() || parsed != end) {
    return failed(syntax_error(expr.at, "Invalid numeric literal: " + expr.text));
  }
  const bool small = value <= 2147483647;
  Typed out{simple(small ? TypeKind::kInteger : TypeKind::kBigint),
            expr.text + (small ? "::INTEGER" : "::BIGINT")};
  out.constant = std::to_string(value);
  return out;
}

Typed Translator::decimal_literal(Position at, const std::string& text) {
  std::string_view digits = text;
  const bool negative = !digits.empty() && digits[0] == '-';
  if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) digits.remove_prefix(1);
  const size_t point = digits.find('.');
  std::string whole(digits.substr(0, point));
  const std::string fraction(point == std::string_view::npos ? "" : digits.substr(point + 1));
  if ((whole + fraction).empty() || !is_digits(whole + fraction)) {
    return failed(
        sql_error("INVALID_LITERAL", at, "'" + text + "' is not a valid DECIMAL literal"));
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  const int scale = static_cast<int>(fraction.size());
  const int precision = std::max(1, static_cast<int>(whole.size()) + scale);
  if (precision > kDecimalPrecisionMax) {
    return failed(sql_error("INVALID_LITERAL", at, "Invalid decimal literal: " + text));
  }
  const Type type = decimal(precision, scale);
  const std::string value = std::string(negative ? "-" : "") + (whole.empty() ? "0" : whole) +
                            (scale ? "." + fraction : "");
  Typed out{type, "'" + value + "'::" + engine_name(type)};
  out.constant = value;
  return out;
}

Typed Translator::typed_literal(const Expr& expr) {
  const Type& type = expr.type;
  if (type.is(TypeKind::kTimestamp)) return timestamp_literal(expr);
  if (type.is(TypeKind::kDecimal)) return decimal_literal(expr.at, expr.text);
  if (type.is(TypeKind::kDate) && !is_date(expr.text)) {
    return failed(
        sql_error("INVALID_LITERAL", expr.at, "'" + expr.text + "' is not a valid DATE literal"));
  }
  Typed text{varchar(), quote_text(expr.text)};
  Typed out = cast_to(text, type, expr.at, false);
  out.constant = expr.text;
  return out;
}

Typed Translator::timestamp_literal(const Expr& expr) {
  std::string text = expr.text;
  std::string zone;
  // "2020-01-02 03:04:05.678 Europe/Berlin", "... +02:00", "... UTC"
  const size_t time = text.find_first_of(" T");
  const size_t after = time == std::string::npos ? time : text.find_first_of(" +-", time + 1);
  if (after != std::string::npos) {
    zone = text.substr(text[after] == ' ' ? after + 1 : after);
    text.resize(after);
  }
  if (!is_date(text.substr(0, time))) {
    return failed(sql_error("INVALID_LITERAL", expr.at,
                            "'" + expr.text + "' is not a valid TIMESTAMP literal"));
  }
  const size_t point = text.find('.');
  const int precision = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
  if (precision > 6) return failed(not_supported(expr.at, "A precision above microseconds"));
  Typed out{timestamp(precision), "CAST(" + quote_text(text) + " AS TIMESTAMP)"};
  out.constant = expr.text;
  if (zone.empty()) return out;
  const bool utc = upper_case(zone) == "UTC" || zone == "Z" || zone == "+00:00";
  out.type = timestamp_with_zone(precision, utc ? "" : zone);
  if (!utc && (zone[0] == '+' || zone[0] == '-')) {
    out.sql = "CAST(" + quote_text(text + zone) + " AS TIMESTAMPTZ)";
  } else {
    out.sql = "timezone(" + quote_text(utc ? "UTC" : zone) + ", " + out.sql + ")";
  }
  return out;
}

Typed Translator::interval_literal(const Expr& expr) {
  const std::string& unit = expr.names[1];
  const bool months = unit == "YEAR" || unit == "MONTH";
  const Type type =
      simple(months ? TypeKind::kIntervalYearToMonth : TypeKind::kIntervalDayToSecond);
  std::string text = expr.text;
  bool negative = expr.names[0] == "-";
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = negative != (text[0] == '-');
    text.erase(0, 1);
  }
  const auto invalid = [&] {
    return failed(sql_error("INVALID_LITERAL", expr.at, "Invalid INTERVAL literal: " + expr.text));
  };
  std::string sql;
  if (expr.names.size() == 2) {
    const size_t point = unit == "SECOND" ? text.find('.') : std::string::npos;
    const std::string whole = text.substr(0, point);
    const bool fraction = point != std::string::npos;
    if (!is_digits(whole) || (fraction && !is_digits(text.substr(point + 1)))) return invalid();
    sql = "INTERVAL '" + text + " " + unit + "'";
  } else if (months) {
    const size_t dash = text.find('-');
    if (dash == std::string::npos || !is_digits(text.substr(0, dash)) ||
        !is_digits(text.substr(dash + 1))) {
      return invalid();
    }
    sql = "INTERVAL '" + text.substr(0, dash) + " years " + text.substr(dash + 1) + " months'";
  } else {
    if (unit != "DAY" || expr.names[2] != "SECOND") {
      return failed(not_supported(expr.at, "INTERVAL " + unit + " TO " + expr.names[2]));
    }
    const size_t space = text.find(' ');
    if (space == std::string::npos || !is_digits(text.substr(0, space))) return invalid();
    if (text.find_first_not_of("0123456789 :.") != std::string::npos) return invalid();
    sql = "INTERVAL '" + text.substr(0, space) + " days " + text.substr(space + 1) + "'";
  }
  return Typed{type, negative ? "(-" + sql + ")" : "(" + sql + ")"};
}

Typed Translator::current(const Expr& expr) {
  const int64_t now = session_.now_milliseconds;
  const int64_t days = now >= 0 ? now / 86400000 : (now - 86399999) / 86400000;
  const std::string date = date_text(days);
  const std::string time = time_text(now - days * 86400000);
  if (expr.text == "current_date") {
    return Typed{simple(TypeKind::kDate), "CAST('" + date + "' AS DATE)"};
  }
  if (expr.text == "localtimestamp") {
    return Typed{timestamp(), "CAST('" + date + " " + time + "' AS TIMESTAMP)"};
  }
  if (expr.text == "localtime") {
    return Typed{Type{.kind = TypeKind::kTime, .precision = 3}, "CAST('" + time + "' AS TIME)"};
  }
  if (expr.text == "current_timestamp") {
    return Typed{timestamp_with_zone(), "CAST('" + date + " " + time + "+00' AS TIMESTAMPTZ)"};
  }
  if (expr.text == "current_user") return Typed{varchar(), quote_text(session_.user)};
  if (expr.text == "current_catalog") return Typed{varchar(), quote_text(session_.catalog)};
  if (expr.text == "current_schema") return Typed{varchar(), quote_text(session_.database)};
  return failed(not_supported(expr.at, expr.text));
}

}  // namespace tidemill::athena_sql
