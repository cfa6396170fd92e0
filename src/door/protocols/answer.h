// What goes back: a success or an error in the form of the request's protocol.
#pragma once

#include <memory>
#include <string>

#include "door/protocols/routing.h"
#include "wire/http.h"
#include "wire/operation.h"

namespace tidemill::protocols {

HttpResponse success(const OperationModel& model, Format format, std::unique_ptr<Output> output,
                     const std::string& request_id);

// `route` may be incomplete: what is known of the request when it was refused. `resource` is the
// path, which S3's errors repeat.
HttpResponse failure(const Route& route, const Error& error, const std::string& request_id,
                     const std::string& resource);

}  // namespace tidemill::protocols
