// restJson and restXml: members travel in the path, the query, headers and the body.
#pragma once

#include <map>
#include <string>

#include "door/protocols/routing.h"
#include "wire/http.h"
#include "wire/shape.h"

namespace tidemill::protocols {

// True when the input's payload is a stream that the operation reads itself.
bool streams_in(const Shape& input);

// `body` is the whole body, empty for a streaming input.
Result<Document> document_of_rest(const Shape& input, const HttpRequest& request,
                                  const Route& route, std::string body);

// Status, headers and body of a success. `output` is told by AWS's member names.
void write_rest(HttpResponse& response, const OperationModel& model, const Document& output);

}  // namespace tidemill::protocols
