#include "services/dynamodb/key_condition.h"

#include "services/dynamodb/items.h"

namespace tidemill::dynamodb {
namespace {

// One condition on one key attribute.
struct Term {
  std::string attribute;
  bool begins_with = false;
  bool between = false;
  Comparator comparator = Comparator::kEqual;
  AttributeValue value;
  AttributeValue upper;  // of BETWEEN
};

Error missed(const std::string& attribute) {
  return errors::ValidationException("Query condition missed key schema element: " + attribute);
}

class TermReader {
 public:
  explicit TermReader(std::string_view parameter) : parameter_(parameter) {}

  Status read(const Predicate& predicate) {
    switch (predicate.kind) {
      case Predicate::Kind::kAnd:
        for (const Predicate& part : predicate.conditions) RETURN_IF_ERROR(read(part));
        return ok();
      case Predicate::Kind::kOr:
        return bad_operator("OR");
      case Predicate::Kind::kNot:
        return bad_operator("NOT");
      case Predicate::Kind::kIn:
        return bad_operator("IN");
      case Predicate::Kind::kCompare:
        return read_comparison(predicate);
      case Predicate::Kind::kBetween:
        return read_between(predicate);
      case Predicate::Kind::kFunction:
        return read_call(predicate);
    }
    return ok();
  }

  std::vector<Term> terms;

 private:
  Error refused(const std::string& why) const {
    if (parameter_ != "KeyConditionExpression") {
      return errors::ValidationException(
          "Attempted conditional constraint is not an indexable "
          "operation");
    }
    return errors::ValidationException("Invalid " + std::string(parameter_) + ": " + why);
  }
  Error bad_operator(std::string_view op) const {
    return refused("Invalid operator used in " + std::string(parameter_) + ": " + std::string(op));
  }

  Result<std::string> attribute_of(const Operand& operand) const {
    if (operand.kind == Operand::Kind::kFunction) {
      return refused("KeyConditionExpressions cannot contain nested operations");
    }
    if (operand.kind != Operand::Kind::kPath) {
      return refused("The key condition needs a key attribute on one side");
    }
    if (operand.path.is_nested()) {
      return refused("KeyConditionExpressions cannot have conditions on nested attributes");
    }
    return operand.path.attribute();
  }

  Status check_value(const Operand& operand) const {
    if (operand.kind == Operand::Kind::kValue) return ok();
    if (operand.kind == Operand::Kind::kFunction) {
      return refused("KeyConditionExpressions cannot contain nested operations");
    }
    return refused("KeyConditionExpressions must compare a key attribute with a value");
  }

  Status read_comparison(const Predicate& predicate) {
    if (predicate.comparator == Comparator::kNotEqual) return bad_operator("<>");
    const bool flipped = predicate.operands[0].kind == Operand::Kind::kValue;
    const Operand& side = predicate.operands[flipped ? 1 : 0];
    const Operand& value = predicate.operands[flipped ? 0 : 1];
    auto attribute = attribute_of(side);
    if (!attribute) return std::move(attribute).error();
    RETURN_IF_ERROR(check_value(value));
    Term term;
    term.attribute = *std::move(attribute);
    term.comparator = flipped ? mirrored(predicate.comparator) : predicate.comparator;
    term.value = value.value;
    terms.push_back(std::move(term));
    return ok();
  }

  static Comparator mirrored(Comparator comparator) {
    switch (comparator) {
      case Comparator::kLess:
        return Comparator::kGreater;
      case Comparator::kLessEqual:
        return Comparator::kGreaterEqual;
      case Comparator::kGreater:
        return Comparator::kLess;
      case Comparator::kGreaterEqual:
        return Comparator::kLessEqual;
      default:
        return comparator;
    }
  }

  Status read_between(const Predicate& predicate) {
    auto attribute = attribute_of(predicate.operands[0]);
    if (!attribute) return std::move(attribute).error();
    RETURN_IF_ERROR(check_value(predicate.operands[1]));
    RETURN_IF_ERROR(check_value(predicate.operands[2]));
    Term term;
    term.attribute = *std::move(attribute);
    term.between = true;
    term.value = predicate.operands[1].value;
    term.upper = predicate.operands[2].value;
    terms.push_back(std::move(term));
    return ok();
  }

  Status read_call(const Predicate& predicate) {
    if (predicate.function != Function::kBeginsWith) {
      return bad_operator(function_name(predicate.function));
    }
    auto attribute = attribute_of(predicate.operands[0]);
    if (!attribute) return std::move(attribute).error();
    RETURN_IF_ERROR(check_value(predicate.operands[1]));
    Term term;
    term.attribute = *std::move(attribute);
    term.begins_with = true;
    term.value = predicate.operands[1].value;
    terms.push_back(std::move(term));
    return ok();
  }

  std::string_view parameter_;
};

Status check_type(const Term& term, const KeyAttribute& key) {
  const bool fits = type_name(term.value.type()) == key.type &&
                    (!term.between || type_name(term.upper.type()) == key.type);
  if (!fits || (term.begins_with && key.type == "N")) {
    return errors::ValidationException(
        "One or more parameter values were invalid: Condition parameter type does not match schema "
        "type");
  }
  return ok();
}

Status check_partition(const Term& term, const KeyAttribute& key) {
  if (term.between || term.begins_with || term.comparator != Comparator::kEqual) {
    return errors::ValidationException("Query key condition not supported");
  }
  RETURN_IF_ERROR(check_type(term, key));
  if (!term.value.text().empty()) return ok();
  return errors::ValidationException(
      std::string("One or more parameter values are not valid. The AttributeValue for a key "
                  "attribute cannot contain an empty ") +
      (term.value.type() == Type::kS ? "string" : "binary") + " value. Key: " + key.name);
}

KeyRange sort_range(const std::string& partition, const Term& term) {
  const auto place = [&](const AttributeValue& value) {
    return partition +
           kv::Key(kv::Keyspace::kDynamodbItems).text(key_bytes(value)).bytes().substr(1);
  };
  const std::string at = place(term.value);
  const std::string all_end = kv::prefix_end(partition);
  if (term.between) return {at, kv::prefix_end(place(term.upper))};
  if (term.begins_with) {
    const std::string open = at.substr(0, at.size() - 2);  // without the end of the segment
    return {open, open == partition ? all_end : kv::prefix_end(open)};
  }
  switch (term.comparator) {
    case Comparator::kLess:
      return {partition, at};
    case Comparator::kLessEqual:
      return {partition, kv::prefix_end(at)};
    case Comparator::kGreater:
      return {kv::prefix_end(at), all_end};
    case Comparator::kGreaterEqual:
      return {at, all_end};
    default:
      return {at, kv::prefix_end(at)};
  }
}

void collect(const Operand& operand, std::vector<std::string>& out) {
  if (operand.kind == Operand::Kind::kPath) out.push_back(operand.path.attribute());
  for (const Operand& inner : operand.operands) collect(inner, out);
}

void collect(const Predicate& predicate, std::vector<std::string>& out) {
  for (const Operand& operand : predicate.operands) collect(operand, out);
  for (const Predicate& part : predicate.conditions) collect(part, out);
}

Status check_terms(const std::vector<Term>& terms, const KeySchema& keys) {
  for (size_t i = 0; i < terms.size(); ++i) {
    for (size_t j = i + 1; j < terms.size(); ++j) {
      if (terms[i].attribute != terms[j].attribute) continue;
      return errors::ValidationException(
          "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition "
          "per key");
    }
  }
  if (terms.size() > 2) {
    return errors::ValidationException("Conditions can be of length 1 or 2 only");
  }
  if (terms.size() == 2 && !keys.sort) {
    return errors::ValidationException("Query key condition not supported");
  }
  return ok();
}

}  // namespace

Result<KeyRange> key_range(const Predicate& condition, std::string_view parameter,
                           const KeySchema& keys, uint64_t id) {
  TermReader reader(parameter);
  RETURN_IF_ERROR(reader.read(condition));
  RETURN_IF_ERROR(check_terms(reader.terms, keys));
  const Term* partition = nullptr;
  const Term* sort = nullptr;
  for (const Term& term : reader.terms) {
    if (term.attribute == keys.partition.name) partition = &term;
    if (keys.sort && term.attribute == keys.sort->name) sort = &term;
  }
  if (!partition) return missed(keys.partition.name);
  if (reader.terms.size() == 2 && !sort) return missed(keys.sort->name);
  RETURN_IF_ERROR(check_partition(*partition, keys.partition));
  const std::string prefix = partition_prefix(id, partition->value);
  if (!sort) return KeyRange{prefix, kv::prefix_end(prefix)};
  RETURN_IF_ERROR(check_type(*sort, *keys.sort));
  return sort_range(prefix, *sort);
}

std::vector<std::string> attributes_of(const Predicate& predicate) {
  std::vector<std::string> out;
  collect(predicate, out);
  return out;
}

}  // namespace tidemill::dynamodb
