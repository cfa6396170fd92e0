// What CreatePipe and UpdatePipe check: every parameter that Tidemill would not act on is refused
// by name, none is ignored.
#pragma once

#include "services/pipes/pipes.h"

namespace tidemill::pipes {

// Source, target, filters, templates and paths of a definition. ValidationException.
Status check_parameters(const PipeDefinition& pipe);

// The parameters of the source that both kinds have ("BatchSize", ...); null when there are none.
const Document* stream_parameters(const PipeDefinition& pipe);

}  // namespace tidemill::pipes
