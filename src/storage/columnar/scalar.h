// How a scalar function of ours is written: a plain function over plain values, called for each row
// whose arguments are all not NULL.
//
//   define<std::string, std::string_view, int64_t>(loader, "t_repeat", [](auto text, auto n)
//   {...});
//
// Arguments: bool, int64_t, double, std::string_view, Micros (timestamp), Days (date), Texts (array
// of varchar). Results: the same, std::string, std::vector<std::string>, or std::optional of them
// (nullopt is NULL). A function that cannot answer calls `refuse`. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "duckdb.hpp"
#include "duckdb/main/extension/extension_loader.hpp"

namespace tidemill::columnar {

struct Micros {
  int64_t value = 0;  // since 1970, UTC
};
struct Zoned {
  int64_t value = 0;  // microseconds since 1970, UTC
};
struct Days {
  int32_t value = 0;  // since 1970
};
using Texts = std::vector<std::string>;

// Ends the query: "INVALID_FUNCTION_ARGUMENT", "...".
[[noreturn]] inline void refuse(std::string_view name, const std::string& message) {
  throw duckdb::InvalidInputException(std::string(name) + ": " + message);
}

namespace scalar_detail {

template <class T>
struct Form;  // how T lies in a vector

template <class T, class Stored>
struct PlainForm {
  using stored = Stored;
  static T get(const stored* data, duckdb::idx_t i) { return T{data[i]}; }
};
template <>
struct Form<bool> : PlainForm<bool, bool> {
  static duckdb::LogicalType type() { return duckdb::LogicalType::BOOLEAN; }
  static void set(duckdb::Vector& out, duckdb::idx_t i, bool value) {
    duckdb::FlatVector::GetData<bool>(out)[i] = value;
  }
};
template <>
struct Form<int64_t> : PlainForm<int64_t, int64_t> {
  static duckdb::LogicalType type() { return duckdb::LogicalType::BIGINT; }
  static void set(duckdb::Vector& out, duckdb::idx_t i, int64_t value) {
    duckdb::FlatVector::GetData<int64_t>(out)[i] = value;
  }
};
template <>
struct Form<double> : PlainForm<double, double> {
  static duckdb::LogicalType type() { return duckdb::LogicalType::DOUBLE; }
  static void set(duckdb::Vector& out, duckdb::idx_t i, double value) {
    duckdb::FlatVector::GetData<double>(out)[i] = value;
  }
};
template <>
struct Form<Micros> : PlainForm<Micros, int64_t> {
  static duckdb::LogicalType type() { return duckdb::LogicalType::TIMESTAMP; }
  static void set(duckdb::Vector& out, duckdb::idx_t i, Micros value) {
    duckdb::FlatVector::GetData<int64_t>(out)[i] = value.value;
  }
};
template <>
struct Form<Zoned> : PlainForm<Zoned, int64_t> {
  static duckdb::LogicalType type() { return duckdb::LogicalType::TIMESTAMP_TZ; }
  static void set(duckdb::Vector& out, duckdb::idx_t i, Zoned value) {
    duckdb::FlatVector::GetData<int64_t>(out)[i] = value.value;
  }
};
template <>
struct Form<Days> : PlainForm<Days, int32_t> {
  static duckdb::LogicalType type() { return duckdb::LogicalType::DATE; }
  static void set(duckdb::Vector& out, duckdb::idx_t i, Days value) {
    duckdb::FlatVector::GetData<int32_t>(out)[i] = value.value;
  }
};
template <>
struct Form<std::string_view> {
  using stored = duckdb::string_t;
  static duckdb::LogicalType type() { return duckdb::LogicalType::VARCHAR; }
  static std::string_view get(const stored* data, duckdb::idx_t i) {
    return {data[i].GetData(), data[i].GetSize()};
  }
  static void set(duckdb::Vector& out, duckdb::idx_t i, std::string_view value) {
    duckdb::FlatVector::GetData<stored>(out)[i] =
        duckdb::StringVector::AddStringOrBlob(out, value.data(), value.size());
  }
};
template <>
struct Form<std::string> : Form<std::string_view> {};
template <>
struct Form<Texts> {
  static duckdb::LogicalType type() {
    return duckdb::LogicalType::LIST(duckdb::LogicalType::VARCHAR);
  }
  static void set(duckdb::Vector& out, duckdb::idx_t i, const Texts& values) {
    const auto start = duckdb::ListVector::GetListSize(out);
    duckdb::ListVector::Reserve(out, start + values.size());
    duckdb::ListVector::SetListSize(out, start + values.size());
    auto& child = duckdb::ListVector::GetEntry(out);
    for (size_t k = 0; k < values.size(); ++k) {
      Form<std::string_view>::set(child, start + k, values[k]);
    }
    duckdb::FlatVector::GetData<duckdb::list_entry_t>(out)[i] = {start, values.size()};
  }
};

template <class T>
struct Unwrapped {
  using type = T;
};
template <class T>
struct Unwrapped<std::optional<T>> {
  using type = T;
};

template <class T>
T argument(const duckdb::UnifiedVectorFormat& format, duckdb::idx_t row) {
  using Stored = typename Form<T>::stored;
  return Form<T>::get(duckdb::UnifiedVectorFormat::GetData<Stored>(format),
                      format.sel->get_index(row));
}

template <class Out>
void set_result(duckdb::Vector& out, duckdb::idx_t row, const Out& value) {
  Form<Out>::set(out, row, value);
}
template <class Out>
void set_result(duckdb::Vector& out, duckdb::idx_t row, const std::optional<Out>& value) {
  if (value) return Form<Out>::set(out, row, *value);
  duckdb::FlatVector::SetNull(out, row, true);
}

template <class... In, class F, size_t... I>
void run(duckdb::DataChunk& input, duckdb::Vector& out, const F& function,
         std::index_sequence<I...>) {
  std::vector<duckdb::UnifiedVectorFormat> formats(sizeof...(In));
  bool constant = true;
  for (size_t i = 0; i < sizeof...(In); ++i) {
    input.data[i].ToUnifiedFormat(input.size(), formats[i]);
    constant = constant && input.data[i].GetVectorType() == duckdb::VectorType::CONSTANT_VECTOR;
  }
  const duckdb::idx_t count = constant ? 1 : input.size();
  out.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  for (duckdb::idx_t row = 0; row < count; ++row) {
    const bool valid = (... && formats[I].validity.RowIsValid(formats[I].sel->get_index(row)));
    if (valid) {
      set_result(out, row, function(argument<In>(formats[I], row)...));
    } else {
      duckdb::FlatVector::SetNull(out, row, true);
    }
  }
  if (constant) out.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
}

}  // namespace scalar_detail

// Several definitions of one name are overloads.
template <class Out, class... In, class F>
void define(duckdb::ExtensionLoader& loader, const char* name, F function) {
  using Plain = typename scalar_detail::Unwrapped<Out>::type;
  auto rows = [function](duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& out) {
    const auto typed = [&function](In... in) -> Out { return function(in...); };
    scalar_detail::run<In...>(input, out, typed, std::index_sequence_for<In...>());
  };
  duckdb::ScalarFunction scalar(name, {scalar_detail::Form<In>::type()...},
                                scalar_detail::Form<Plain>::type(), rows);
  scalar.errors = duckdb::FunctionErrors::CAN_THROW_RUNTIME_ERROR;
  loader.RegisterFunction(scalar);
}

}  // namespace tidemill::columnar
