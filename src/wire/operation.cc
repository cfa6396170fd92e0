#include "wire/operation.h"

#include "wire/validation.h"

namespace tidemill {

Task<Result<Document>> Operations::call(std::string_view service, std::string_view operation,
                                        Caller caller, Document input) {
  Operation* found = find(service, operation);
  if (!found) {
    co_return errors::NotImplemented(std::string(service) + "." + std::string(operation) +
                                     " is not supported");
  }
  if (input.is_null()) input = Document::object();
  CO_RETURN_IF_ERROR(fit_to_shape(*found->model().input, input));
  CO_RETURN_IF_ERROR(validate(*found->model().input, input));
  Request request{std::move(caller), std::move(input)};
  auto running = found->run(std::move(request));
  Result<std::unique_ptr<Output>> output = co_await std::move(running);
  if (!output) co_return std::move(output).error();
  DocumentEncoder encoder;
  (*output)->write(encoder);
  co_return encoder.take();
}

}  // namespace tidemill
