#include "shapes/glue/CreateTable.h"

#include "services/glue/catalog.h"

namespace tidemill::glue {

Result<CreateTableOutput> CreateTable(Command& command, CreateTableInput input) {
  RETURN_IF_ERROR(require_own_catalog(command.scope(), input.CatalogId));
  RETURN_IF_ERROR(require_database(command.tx, command.scope(), input.DatabaseName));
  if (input.PartitionIndexes && !input.PartitionIndexes->empty()) {
    return errors::NotImplemented("Partition indexes are not supported");
  }
  if (find_table(command.tx, command.scope(), input.DatabaseName, input.TableInput.Name)) {
    return errors::AlreadyExistsException("Table already exists.");
  }
  auto table = make_table(command.scope(), input.DatabaseName, input.TableInput, command.now);
  if (!table) return std::move(table).error();
  put_table(command.tx, command.scope(), *table);
  return CreateTableOutput{};
}

OPERATION(CreateTable);

}  // namespace tidemill::glue
