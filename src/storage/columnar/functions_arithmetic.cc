// t_div, t_mod: by type, as Trino divides. https://trino.io/docs/current/functions/math.html
#include <cmath>
#include <limits>

#include "storage/columnar/function_tables.h"
#include "storage/columnar/scalar.h"

namespace tidemill::columnar {
namespace {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using Wide = __int128;

[[noreturn]] void refuse_zero() { refuse("DIVISION_BY_ZERO", "Division by zero"); }

template <class T>
T divide(T left, T right) {
  if constexpr (std::is_floating_point_v<T>) {
    return left / right;
  } else {
    if (right == 0) refuse_zero();
    if (right == -1 && left == std::numeric_limits<T>::min()) {
      refuse("NUMERIC_VALUE_OUT_OF_RANGE",
             "integer division overflow: " + std::to_string(left) + " / -1");
    }
    return static_cast<T>(left / right);
  }
}

template <class T>
T modulo(T left, T right) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::fmod(left, right);
  } else {
    if (right == 0) refuse_zero();
    return right == -1 ? T{0} : static_cast<T>(left % right);
  }
}

template <class T, T (*F)(T, T)>
void binary(duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& out) {
  duckdb::BinaryExecutor::Execute<T, T, T>(input.data[0], input.data[1], out, input.size(), F);
}

template <class T>
void add(duckdb::ScalarFunctionSet& divisions, duckdb::ScalarFunctionSet& modulos,
         const LogicalType& type) {
  divisions.AddFunction(duckdb::ScalarFunction({type, type}, type, binary<T, divide<T>>));
  modulos.AddFunction(duckdb::ScalarFunction({type, type}, type, binary<T, modulo<T>>));
}

// ---- decimals: both sides as 128-bit integers at scale `scale`, the greater of the two

Wide wide(duckdb::hugeint_t value) {
  return static_cast<Wide>(value.upper) * (static_cast<Wide>(1) << 64) + value.lower;
}
duckdb::hugeint_t narrow(Wide value) {
  return duckdb::hugeint_t(static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value));
}

Wide times_ten(Wide value, int count) {
  for (; count > 0; --count) {
    if (__builtin_mul_overflow(value, Wide{10}, &value)) {
      refuse("NUMERIC_VALUE_OUT_OF_RANGE", "Decimal overflow");
    }
  }
  return value;
}

// Rounds half up, away from zero, as Trino's decimal division does.
duckdb::hugeint_t divide_decimal(duckdb::hugeint_t left, duckdb::hugeint_t right, int scale) {
  const Wide divisor = wide(right);
  if (divisor == 0) refuse_zero();
  const Wide dividend = times_ten(wide(left), scale);
  Wide quotient = dividend / divisor;
  const Wide rest = dividend % divisor;
  const Wide size = rest < 0 ? -rest : rest;
  const Wide whole = divisor < 0 ? -divisor : divisor;
  if (size >= whole - size) quotient += (dividend < 0) != (divisor < 0) ? -1 : 1;
  return narrow(quotient);
}

int common_scale(const LogicalType& type) { return duckdb::DecimalType::GetScale(type); }

void divide_decimals(duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& out) {
  const int scale = common_scale(input.data[0].GetType());
  duckdb::BinaryExecutor::Execute<duckdb::hugeint_t, duckdb::hugeint_t, duckdb::hugeint_t>(
      input.data[0], input.data[1], out, input.size(),
      [scale](duckdb::hugeint_t left, duckdb::hugeint_t right) {
        return divide_decimal(left, right, scale);
      });
}

void modulo_decimals(duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& out) {
  duckdb::BinaryExecutor::Execute<duckdb::hugeint_t, duckdb::hugeint_t, duckdb::hugeint_t>(
      input.data[0], input.data[1], out, input.size(),
      [](duckdb::hugeint_t left, duckdb::hugeint_t right) {
        if (wide(right) == 0) refuse_zero();
        return narrow(wide(left) % wide(right));
      });
}

// Both sides and the result become DECIMAL(38, the greater scale).
duckdb::unique_ptr<duckdb::FunctionData> bind_decimals(
    duckdb::ClientContext&, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  uint8_t scale = 0;
  for (const auto& argument : arguments) {
    if (argument->return_type.id() == LogicalTypeId::DECIMAL) {
      scale = std::max(scale, duckdb::DecimalType::GetScale(argument->return_type));
    }
  }
  const auto type = LogicalType::DECIMAL(38, scale);
  function.arguments = {type, type};
  function.return_type = type;
  return nullptr;
}

void add_decimals(duckdb::ScalarFunctionSet& set, duckdb::scalar_function_t function) {
  const LogicalType any(LogicalTypeId::DECIMAL);
  set.AddFunction(duckdb::ScalarFunction({any, any}, any, std::move(function), bind_decimals));
}

}  // namespace

void register_arithmetic(duckdb::ExtensionLoader& loader) {
  duckdb::ScalarFunctionSet divisions("t_div");
  duckdb::ScalarFunctionSet modulos("t_mod");
  add<int8_t>(divisions, modulos, LogicalType::TINYINT);
  add<int16_t>(divisions, modulos, LogicalType::SMALLINT);
  add<int32_t>(divisions, modulos, LogicalType::INTEGER);
  add<int64_t>(divisions, modulos, LogicalType::BIGINT);
  add<float>(divisions, modulos, LogicalType::FLOAT);
  add<double>(divisions, modulos, LogicalType::DOUBLE);
  add_decimals(divisions, divide_decimals);
  add_decimals(modulos, modulo_decimals);
  for (auto* set : {&divisions, &modulos}) {
    for (auto& function : set->functions) {
      function.errors = duckdb::FunctionErrors::CAN_THROW_RUNTIME_ERROR;
    }
    loader.RegisterFunction(*set);
  }
}

}  // namespace tidemill::columnar
