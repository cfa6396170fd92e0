#include "shapes/athena/CreateNamedQuery.h"

#include "services/athena/named_queries.h"
#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<CreateNamedQueryOutput> CreateNamedQuery(Command& command, CreateNamedQueryInput input) {
  NamedQuery named;
  named.Name = input.Name;
  named.Description = input.Description;
  named.Database = input.Database;
  named.QueryString = input.QueryString;
  named.WorkGroup = input.WorkGroup.value_or(kPrimary);
  RETURN_IF_ERROR(require_work_group(command.tx, command.scope(), *named.WorkGroup));
  named.NamedQueryId = command.random().uuid();
  put_named_query(command.tx, command.scope(), named);
  return CreateNamedQueryOutput{.NamedQueryId = named.NamedQueryId};
}

OPERATION(CreateNamedQuery);

}  // namespace tidemill::athena
