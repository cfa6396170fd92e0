#include "shapes/glue/UpdateClassifier.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<UpdateClassifierOutput> UpdateClassifier(Command& command, UpdateClassifierInput input) {
  if (input.GrokClassifier || input.XMLClassifier) {
    return errors::NotImplemented("Grok and XML classifiers are not supported");
  }
  const Classifier change = from_document<Classifier>(to_document(input));
  auto before = find_classifier(command.tx, command.scope(), name_of(change));
  if (!before) {
    return errors::EntityNotFoundException("Classifier " + name_of(change) + " does not exist");
  }
  if (before->JsonClassifier.has_value() != change.JsonClassifier.has_value()) {
    return errors::InvalidInputException("The kind of a classifier cannot be changed");
  }
  Document document = to_document(*before);
  const char* kind = change.JsonClassifier ? "JsonClassifier" : "CsvClassifier";
  Document* members = document.find(kind);
  for (const auto& [name, value] : to_document(input).find(kind)->as_object()) {
    members->set(name, value);
  }
  Classifier classifier = from_document<Classifier>(std::move(document));
  const auto stamp = [&command](auto& one) {
    one.LastUpdated = command.now;
    one.Version = one.Version.value_or(1) + 1;
  };
  if (classifier.JsonClassifier) stamp(*classifier.JsonClassifier);
  if (classifier.CsvClassifier) stamp(*classifier.CsvClassifier);
  RETURN_IF_ERROR(check_classifier(classifier));
  put_classifier(command.tx, command.scope(), classifier);
  return UpdateClassifierOutput{};
}

OPERATION(UpdateClassifier);

}  // namespace tidemill::glue
