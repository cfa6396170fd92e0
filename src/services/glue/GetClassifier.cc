#include "shapes/glue/GetClassifier.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<GetClassifierOutput> GetClassifier(const Query& query, GetClassifierInput input) {
  auto classifier = find_classifier(query.view, query.scope(), input.Name);
  if (!classifier) {
    return errors::EntityNotFoundException("Classifier " + input.Name + " does not exist");
  }
  return GetClassifierOutput{.Classifier = *std::move(classifier)};
}

OPERATION(GetClassifier);

}  // namespace tidemill::glue
