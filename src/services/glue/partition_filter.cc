#include "services/glue/partition_filter.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace tidemill::glue {

struct PartitionFilter::Node {
  enum class Kind { kAnd, kOr, kNot, kCompare, kIn, kBetween, kLike, kIsNull } kind;
  std::vector<std::shared_ptr<const Node>> children;
  size_t key = 0;
  bool numeric = false;
  std::string operation;  // of kCompare
  std::vector<std::string> literals;
};

namespace {

using Node = PartitionFilter::Node;
using NodePtr = std::shared_ptr<const Node>;

constexpr int kDepthMax = 100;
constexpr std::string_view kDefaultPartition = "__HIVE_DEFAULT_PARTITION__";  // of a NULL

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

struct Token {
  enum class Kind { kEnd, kWord, kText, kNumber, kSymbol } kind = Kind::kEnd;
  std::string text;
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// One token; moves `at` behind it. nullopt when the text is not closed or has a strange character.
std::optional<Token> next_token(std::string_view text, size_t& at) {
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at]))) ++at;
  if (at == text.size()) return Token{};
  const char c = text[at];
  const size_t start = at;
  if (c == '\'' || c == '"' || c == '`') {
    Token token{c == '`' ? Token::Kind::kWord : Token::Kind::kText, ""};
    for (++at; at < text.size(); ++at) {
      if (text[at] == c && (at + 1 == text.size() || text[at + 1] != c)) return ++at, token;
      if (text[at] == c) ++at;
      token.text += text[at];
    }
    return std::nullopt;
  }
  if (std::isdigit(static_cast<unsigned char>(c)) || c == '-' || c == '+') {
    for (++at; at < text.size() && (is_word(text[at]) || text[at] == '.');) ++at;
    return Token{Token::Kind::kNumber, std::string(text.substr(start, at - start))};
  }
  if (is_word(c)) {
    while (at < text.size() && is_word(text[at])) ++at;
    return Token{Token::Kind::kWord, std::string(text.substr(start, at - start))};
  }
  for (const std::string_view symbol :
       {"<=", ">=", "<>", "!=", "==", "<", ">", "=", "(", ")", ","}) {
    if (text.substr(at).starts_with(symbol)) {
      at += symbol.size();
      return Token{Token::Kind::kSymbol, std::string(symbol)};
    }
  }
  return std::nullopt;
}

class FilterParser {
 public:
  FilterParser(std::vector<Token> tokens, const std::vector<Column>& keys)
      : tokens_(std::move(tokens)), keys_(keys) {}

  NodePtr parse_all() {
    NodePtr node = parse_or(0);
    return node && peek().kind == Token::Kind::kEnd ? node : nullptr;
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  bool take_word(std::string_view word) {
    if (peek().kind != Token::Kind::kWord || lower(peek().text) != word) return false;
    ++at_;
    return true;
  }
  bool take_symbol(std::string_view symbol) {
    if (peek().kind != Token::Kind::kSymbol || peek().text != symbol) return false;
    ++at_;
    return true;
  }
  bool take_literal(std::vector<std::string>& out) {
    // DATE '2024-01-01' and TIMESTAMP '...' are their text.
    const std::string word = peek().kind == Token::Kind::kWord ? lower(peek().text) : "";
    if (word == "date" || word == "timestamp") ++at_;
    if (peek().kind != Token::Kind::kText && peek().kind != Token::Kind::kNumber) return false;
    out.push_back(peek().text);
    ++at_;
    return true;
  }

  NodePtr parse_or(int depth) {
    if (depth > kDepthMax) return nullptr;
    return parse_list(Node::Kind::kOr, "or", [this, depth] { return parse_and(depth); });
  }
  NodePtr parse_and(int depth) {
    return parse_list(Node::Kind::kAnd, "and", [this, depth] { return parse_not(depth); });
  }
  template <class Next>
  NodePtr parse_list(Node::Kind kind, std::string_view word, Next next) {
    auto list = std::make_shared<Node>(Node{.kind = kind});
    do {
      NodePtr child = next();
      if (!child) return nullptr;
      list->children.push_back(std::move(child));
    } while (take_word(word));
    return list;
  }
  static NodePtr inverted(NodePtr child) {
    if (!child) return nullptr;
    return std::make_shared<Node>(Node{.kind = Node::Kind::kNot, .children = {std::move(child)}});
  }
  NodePtr parse_not(int depth) {
    if (depth > kDepthMax) return nullptr;
    if (take_word("not")) return inverted(parse_not(depth + 1));
    if (take_symbol("(")) {
      NodePtr inner = parse_or(depth + 1);
      return inner && take_symbol(")") ? inner : nullptr;
    }
    return parse_predicate();
  }

  NodePtr parse_predicate() {
    auto node = std::make_shared<Node>();
    const auto key = std::find_if(keys_.begin(), keys_.end(), [this](const Column& column) {
      return lower(column.Name) == lower(peek().text);
    });
    if (peek().kind != Token::Kind::kWord || key == keys_.end()) return nullptr;
    ++at_;
    node->key = static_cast<size_t>(key - keys_.begin());
    const std::string type = lower(key->Type.value_or("string"));
    node->numeric = type.ends_with("int") || type == "long" || type == "double" ||
                    type == "float" || type.starts_with("decimal");
    if (take_word("is")) {
      const bool negated = take_word("not");
      if (!take_word("null")) return nullptr;
      node->kind = Node::Kind::kIsNull;
      return negated ? inverted(node) : node;
    }
    const bool negated = take_word("not");
    const bool read = parse_words(*node) || (!negated && parse_comparison(*node));
    if (!read) return nullptr;
    return negated ? inverted(node) : node;
  }
  bool parse_words(Node& node) {
    if (take_word("in")) {
      node.kind = Node::Kind::kIn;
      if (!take_symbol("(")) return false;
      do {
        if (!take_literal(node.literals)) return false;
      } while (take_symbol(","));
      return take_symbol(")");
    }
    if (take_word("between")) {
      node.kind = Node::Kind::kBetween;
      return take_literal(node.literals) && take_word("and") && take_literal(node.literals);
    }
    if (take_word("like")) {
      node.kind = Node::Kind::kLike;
      return take_literal(node.literals);
    }
    return false;
  }
  bool parse_comparison(Node& node) {
    node.kind = Node::Kind::kCompare;
    if (peek().kind != Token::Kind::kSymbol) return false;
    node.operation = peek().text;
    if (node.operation == "(" || node.operation == ")" || node.operation == ",") return false;
    ++at_;
    return take_literal(node.literals);
  }

  std::vector<Token> tokens_;  // the last one is kEnd
  const std::vector<Column>& keys_;
  size_t at_ = 0;
};

int compare(const std::string& left, const std::string& right, bool numeric) {
  if (numeric) {
    long double a = 0;
    long double b = 0;
    const auto ra = std::from_chars(left.data(), left.data() + left.size(), a);
    const auto rb = std::from_chars(right.data(), right.data() + right.size(), b);
    if (ra.ec == std::errc() && rb.ec == std::errc()) return a < b ? -1 : a > b ? 1 : 0;
  }
  return left.compare(right);
}

bool like(std::string_view pattern, std::string_view text) {
  while (!pattern.empty()) {
    if (pattern.front() == '%') {
      pattern.remove_prefix(1);
      for (size_t i = 0; i <= text.size(); ++i) {
        if (like(pattern, text.substr(i))) return true;
      }
      return false;
    }
    if (text.empty() || (pattern.front() != '_' && pattern.front() != text.front())) return false;
    pattern.remove_prefix(1);
    text.remove_prefix(1);
  }
  return text.empty();
}

bool compares(const Node& node, const std::string& value) {
  const int order = compare(value, node.literals[0], node.numeric);
  if (node.operation == "=" || node.operation == "==") return order == 0;
  if (node.operation == "<>" || node.operation == "!=") return order != 0;
  if (node.operation == "<") return order < 0;
  if (node.operation == "<=") return order <= 0;
  return node.operation == ">" ? order > 0 : order >= 0;
}

bool holds(const Node& node, const std::vector<std::string>& values) {
  const auto each = [&values](const NodePtr& child) { return holds(*child, values); };
  const auto in = [&](const std::string& literal) {
    return compare(values[node.key], literal, node.numeric) == 0;
  };
  switch (node.kind) {
    case Node::Kind::kAnd:
      return std::all_of(node.children.begin(), node.children.end(), each);
    case Node::Kind::kOr:
      return std::any_of(node.children.begin(), node.children.end(), each);
    case Node::Kind::kNot:
      return !each(node.children[0]);
    case Node::Kind::kCompare:
      return compares(node, values[node.key]);
    case Node::Kind::kIn:
      return std::any_of(node.literals.begin(), node.literals.end(), in);
    case Node::Kind::kBetween:
      return compare(values[node.key], node.literals[0], node.numeric) >= 0 &&
             compare(values[node.key], node.literals[1], node.numeric) <= 0;
    case Node::Kind::kLike:
      return like(node.literals[0], values[node.key]);
    case Node::Kind::kIsNull:
      return values[node.key] == kDefaultPartition;
  }
  return false;
}

}  // namespace

Result<PartitionFilter> PartitionFilter::parse(std::string_view expression,
                                               const std::vector<Column>& keys) {
  std::vector<Token> tokens;
  size_t at = 0;
  do {
    auto token = next_token(expression, at);
    if (!token)
      return errors::InvalidInputException("Unsupported expression '" + std::string(expression) +
                                           "'");
    tokens.push_back(*std::move(token));
  } while (tokens.back().kind != Token::Kind::kEnd);
  if (tokens.size() == 1) return PartitionFilter(nullptr);
  NodePtr root = FilterParser(std::move(tokens), keys).parse_all();
  if (!root) {
    return errors::InvalidInputException("Unsupported expression '" + std::string(expression) +
                                         "'");
  }
  return PartitionFilter(std::move(root));
}

bool PartitionFilter::matches(const std::vector<std::string>& values) const {
  return !root_ || holds(*root_, values);
}

}  // namespace tidemill::glue
