// Text for people: tables, bars, and a part of the screen that is drawn again and again.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace tidemill::cli {

using Row = std::vector<std::string>;

// Columns as wide as their widest cell; columns of numbers stand to the right.
std::string table_text(const Row& head, const std::vector<Row>& rows);

struct Bar {
  std::string label;
  double value = 0;
};
// One line per bar, the longest as wide as kBarColumns; negative values have no bar.
std::string bar_chart(const std::vector<Bar>& bars);
inline constexpr int kBarColumns = 48;

std::string with_thousands(uint64_t number);  // 12,345

// A terminal keeps one live text, drawn over itself; anything else gets plain lines, no more often
// than every kPlainLineMs.
class LiveText {
 public:
  explicit LiveText(std::FILE* out);
  // `text` for a terminal, `line` for anything else.
  void draw(const std::string& text, const std::string& line);
  // What comes after stands below; the next draw begins anew.
  void leave() { drawn_lines_ = 0; }

 private:
  static constexpr int64_t kPlainLineMs = 1000;
  std::FILE* out_;
  bool is_terminal_;
  int drawn_lines_ = 0;
  int64_t last_line_ms_ = 0;
};

}  // namespace tidemill::cli
