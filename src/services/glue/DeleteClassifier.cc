#include "shapes/glue/DeleteClassifier.h"

#include "services/glue/crawlers.h"

namespace tidemill::glue {

Result<DeleteClassifierOutput> DeleteClassifier(Command& command, DeleteClassifierInput input) {
  if (!find_classifier(command.tx, command.scope(), input.Name)) {
    return errors::EntityNotFoundException("Classifier " + input.Name + " does not exist");
  }
  erase_classifier(command.tx, command.scope(), input.Name);
  return DeleteClassifierOutput{};
}

OPERATION(DeleteClassifier);

}  // namespace tidemill::glue
