#include "app/cli/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "app/cli/session.h"

namespace tidemill::cli {
namespace {

// Characters, not bytes, of UTF-8 text.
size_t columns(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_number(const std::string& text) {
  if (text.empty()) return false;
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return *end == '\0' || text.find_first_not_of("0123456789,.-+/s%") == std::string::npos;
}

std::string padded(const std::string& text, size_t width, bool to_the_right) {
  const std::string fill(width - columns(text), ' ');
  return to_the_right ? fill + text : text + fill;
}

std::string line_of(const Row& cells, const std::vector<size_t>& widths,
                    const std::vector<bool>& right) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += "  ";
    line += padded(cells[i], widths[i], right[i]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

std::string table_text(const Row& head, const std::vector<Row>& rows) {
  std::vector<size_t> widths;
  std::vector<bool> right(head.size(), !rows.empty());
  for (const std::string& cell : head) widths.push_back(columns(cell));
  for (const Row& row : rows) {
    for (size_t i = 0; i < head.size(); ++i) {
      widths[i] = std::max(widths[i], columns(row[i]));
      right[i] = right[i] && (row[i].empty() || is_number(row[i]));
    }
  }
  std::string text = line_of(head, widths, right);
  Row rule;
  for (const size_t width : widths) rule.emplace_back(width, '-');
  text += line_of(rule, widths, right);
  for (const Row& row : rows) text += line_of(row, widths, right);
  return text;
}

std::string bar_chart(const std::vector<Bar>& bars) {
  double most = 0;
  size_t width = 0;
  for (const Bar& bar : bars) {
    most = std::max(most, bar.value);
    width = std::max(width, columns(bar.label));
  }
  std::string text;
  for (const Bar& bar : bars) {
    const double share = most > 0 && bar.value > 0 ? bar.value / most : 0;
    std::string line = padded(bar.label, width, true) + "  ";
    for (int i = 0; i < static_cast<int>(share * kBarColumns + 0.5); ++i) line += "\u2588";
    char value[48];
    std::snprintf(value, sizeof value, " %.2f", bar.value);
    text += line + value + "\n";
  }
  return text;
}

std::string with_thousands(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

LiveText::LiveText(std::FILE* out) : out_(out), is_terminal_(::isatty(::fileno(out)) == 1) {}

void LiveText::draw(const std::string& text, const std::string& line) {
  if (!is_terminal_) {
    const int64_t time = monotonic_ms();
    if (last_line_ms_ != 0 && time - last_line_ms_ < kPlainLineMs) return;
    last_line_ms_ = time;
    std::fprintf(out_, "%s\n", line.c_str());
  } else {
    // Up over what was drawn, then clear to the end of the screen.
    if (drawn_lines_ > 0) std::fprintf(out_, "\033[%dA\033[J", drawn_lines_);
    std::fputs(text.c_str(), out_);
    drawn_lines_ = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }
  std::fflush(out_);
}

}  // namespace tidemill::cli
