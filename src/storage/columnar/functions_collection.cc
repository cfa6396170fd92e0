// t_subscript, t_element_at over arrays and maps.
// https://trino.io/docs/current/functions/array.html#subscript-operator
#include "storage/columnar/function_tables.h"
#include "storage/columnar/print.h"
#include "storage/columnar/scalar.h"

namespace tidemill::columnar {
namespace {

using duckdb::idx_t;
using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::UnifiedVectorFormat;
using duckdb::Vector;

constexpr idx_t kNone = ~idx_t{0};

[[noreturn]] void refuse_index(const std::string& message) {
  refuse("INVALID_FUNCTION_ARGUMENT", message);
}

// [index]: from 1, nothing outside the array.
idx_t subscript(duckdb::list_entry_t list, int64_t index) {
  if (index == 0) refuse_index("SQL array indices start at 1");
  if (index < 0) refuse_index("Array subscript is negative: " + std::to_string(index));
  if (static_cast<uint64_t>(index) > list.length) {
    refuse_index("Array subscript must be less than or equal to array length: " +
                 std::to_string(index) + " > " + std::to_string(list.length));
  }
  return list.offset + static_cast<idx_t>(index) - 1;
}

// element_at(array, index): from the end when negative, NULL outside the array.
idx_t element(duckdb::list_entry_t list, int64_t index) {
  if (index == 0) refuse_index("SQL array indices start at 1");
  const uint64_t distance =
      index < 0 ? uint64_t{0} - static_cast<uint64_t>(index) : static_cast<uint64_t>(index);
  if (distance > list.length) return kNone;
  return list.offset + (index < 0 ? list.length - distance : distance - 1);
}

// Copies, for each row, the child element that was found.
void gather(Vector& child, const std::vector<idx_t>& found, Vector& out) {
  duckdb::SelectionVector chosen(found.size());
  for (idx_t row = 0; row < found.size(); ++row) {
    chosen.set_index(row, found[row] == kNone ? 0 : found[row]);
  }
  const bool empty = std::all_of(found.begin(), found.end(), [](idx_t i) { return i == kNone; });
  if (!empty) duckdb::VectorOperations::Copy(child, out, chosen, found.size(), 0, 0);
  out.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  for (idx_t row = 0; row < found.size(); ++row) {
    if (found[row] == kNone) duckdb::FlatVector::SetNull(out, row, true);
  }
}

template <idx_t (*Find)(duckdb::list_entry_t, int64_t)>
void of_array(duckdb::DataChunk& input, duckdb::ExpressionState&, Vector& out) {
  UnifiedVectorFormat lists;
  UnifiedVectorFormat indexes;
  input.data[0].ToUnifiedFormat(input.size(), lists);
  input.data[1].ToUnifiedFormat(input.size(), indexes);
  std::vector<idx_t> found(input.size(), kNone);
  for (idx_t row = 0; row < input.size(); ++row) {
    const idx_t l = lists.sel->get_index(row);
    const idx_t i = indexes.sel->get_index(row);
    if (!lists.validity.RowIsValid(l) || !indexes.validity.RowIsValid(i)) continue;
    found[row] = Find(UnifiedVectorFormat::GetData<duckdb::list_entry_t>(lists)[l],
                      UnifiedVectorFormat::GetData<int64_t>(indexes)[i]);
  }
  gather(duckdb::ListVector::GetEntry(input.data[0]), found, out);
}

// The first entry of `list` whose key is `key`, by `equal(entry index)`.
template <class Equal>
idx_t find_key(duckdb::list_entry_t list, Equal equal) {
  for (idx_t i = list.offset; i < list.offset + list.length; ++i) {
    if (equal(i)) return i;
  }
  return kNone;
}

struct MapArguments {
  explicit MapArguments(duckdb::DataChunk& input)
      : keys(duckdb::MapVector::GetKeys(input.data[0])) {
    input.data[0].ToUnifiedFormat(input.size(), maps);
    input.data[1].ToUnifiedFormat(input.size(), wanted);
    keys.ToUnifiedFormat(duckdb::ListVector::GetListSize(input.data[0]), key_format);
  }
  template <class T>
  idx_t find_plain(duckdb::list_entry_t map, idx_t want) const {
    const T* all = UnifiedVectorFormat::GetData<T>(key_format);
    const T& one = UnifiedVectorFormat::GetData<T>(wanted)[want];
    return find_key(map, [&](idx_t i) { return all[key_format.sel->get_index(i)] == one; });
  }
  Vector& keys;
  UnifiedVectorFormat maps;
  UnifiedVectorFormat wanted;
  UnifiedVectorFormat key_format;
};

idx_t find_in_map(const MapArguments& arguments, Vector& wanted, duckdb::list_entry_t map,
                  idx_t row) {
  const idx_t want = arguments.wanted.sel->get_index(row);
  switch (wanted.GetType().InternalType()) {
    case duckdb::PhysicalType::VARCHAR:
      return arguments.find_plain<duckdb::string_t>(map, want);
    case duckdb::PhysicalType::INT32:
      return arguments.find_plain<int32_t>(map, want);
    case duckdb::PhysicalType::INT64:
      return arguments.find_plain<int64_t>(map, want);
    default: {
      const duckdb::Value value = wanted.GetValue(row);
      return find_key(map, [&](idx_t i) { return arguments.keys.GetValue(i) == value; });
    }
  }
}

template <bool kStrict>
void of_map(duckdb::DataChunk& input, duckdb::ExpressionState&, Vector& out) {
  const MapArguments arguments(input);
  std::vector<idx_t> found(input.size(), kNone);
  for (idx_t row = 0; row < input.size(); ++row) {
    const idx_t m = arguments.maps.sel->get_index(row);
    if (!arguments.maps.validity.RowIsValid(m)) continue;
    if (!arguments.wanted.validity.RowIsValid(arguments.wanted.sel->get_index(row))) continue;
    const auto map = UnifiedVectorFormat::GetData<duckdb::list_entry_t>(arguments.maps)[m];
    found[row] = find_in_map(arguments, input.data[1], map, row);
    if (kStrict && found[row] == kNone) {
      refuse_index("Key not present in map: " + print_value(input.data[1].GetValue(row)));
    }
  }
  gather(duckdb::MapVector::GetValues(input.data[0]), found, out);
}

template <bool kStrict>
duckdb::unique_ptr<duckdb::FunctionData> bind_lookup(
    duckdb::ClientContext&, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  const LogicalType& type = arguments[0]->return_type;
  if (type.id() == LogicalTypeId::MAP) {
    function.arguments = {type, duckdb::MapType::KeyType(type)};
    function.return_type = duckdb::MapType::ValueType(type);
    function.function = of_map<kStrict>;
  } else if (type.id() == LogicalTypeId::LIST) {
    function.arguments = {type, LogicalType::BIGINT};
    function.return_type = duckdb::ListType::GetChildType(type);
    function.function = kStrict ? of_array<subscript> : of_array<element>;
  } else if (type.id() == LogicalTypeId::SQLNULL) {
    function.arguments = {LogicalType::LIST(LogicalType::SQLNULL), LogicalType::BIGINT};
    function.return_type = LogicalType::SQLNULL;
    function.function = of_array<element>;
  } else {
    throw duckdb::BinderException(function.name + " needs an array or a map");
  }
  return nullptr;
}

template <bool kStrict>
void add_lookup(duckdb::ExtensionLoader& loader, const char* name) {
  duckdb::ScalarFunction function(name, {LogicalType::ANY, LogicalType::ANY}, LogicalType::ANY,
                                  of_array<subscript>, bind_lookup<kStrict>);
  function.null_handling = duckdb::FunctionNullHandling::SPECIAL_HANDLING;
  function.errors = duckdb::FunctionErrors::CAN_THROW_RUNTIME_ERROR;
  loader.RegisterFunction(function);
}

}  // namespace

void register_collection(duckdb::ExtensionLoader& loader) {
  add_lookup<true>(loader, "t_subscript");
  add_lookup<false>(loader, "t_element_at");
}

}  // namespace tidemill::columnar
