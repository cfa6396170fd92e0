#include "shapes/glue/UpdateTable.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<UpdateTableOutput> UpdateTable(Command& command, UpdateTableInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  auto before =
      require_table(command.tx, command.scope(), input.DatabaseName, input.TableInput.Name);
  if (!before) return std::move(before).error();
  if (input.VersionId && *input.VersionId != before->VersionId) {
    return errors::ConcurrentModificationException("The table is at version " +
                                                   before->VersionId.value_or("0"));
  }
  auto table = make_table(command.scope(), input.DatabaseName, input.TableInput, command.now);
  if (!table) return std::move(table).error();
  replace_table(command.tx, command.scope(), *before, *std::move(table),
                !input.SkipArchive.value_or(false));
  return UpdateTableOutput{};
}

OPERATION(UpdateTable);

}  // namespace tidemill::glue
