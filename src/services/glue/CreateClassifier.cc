#include "shapes/glue/CreateClassifier.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<CreateClassifierOutput> CreateClassifier(Command& command, CreateClassifierInput input) {
  if (input.GrokClassifier || input.XMLClassifier) {
    return errors::NotImplemented("Grok and XML classifiers are not supported");
  }
  if (input.JsonClassifier.has_value() == input.CsvClassifier.has_value()) {
    return errors::InvalidInputException("Exactly one classifier must be given");
  }
  Classifier classifier = from_document<Classifier>(to_document(input));
  const auto stamp = [&command](auto& one) {
    one.CreationTime = command.now;
    one.LastUpdated = command.now;
    one.Version = 1;
  };
  if (classifier.JsonClassifier) stamp(*classifier.JsonClassifier);
  if (classifier.CsvClassifier) stamp(*classifier.CsvClassifier);
  RETURN_IF_ERROR(check_classifier(classifier));
  if (find_classifier(command.tx, command.scope(), name_of(classifier))) {
    return errors::AlreadyExistsException("Classifier with name " + name_of(classifier) +
                                          " already exists");
  }
  put_classifier(command.tx, command.scope(), classifier);
  return CreateClassifierOutput{};
}

OPERATION(CreateClassifier);

}  // namespace tidemill::glue
