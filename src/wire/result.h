// Result<T>: a value or an Error. The calls are those of std::expected, which C++20 lacks.
//
//   Result<Shard> shard = find_shard(id);
//   if (!shard) return shard.error();
//   use(*shard);
#pragma once

#include <utility>
#include <variant>

#include "wire/check.h"
#include "wire/error.h"

namespace tidemill {

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return checked(); }
  const T& value() const& { return const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(checked()); }
  T& operator*() & { return checked(); }
  const T& operator*() const& { return const_cast<Result*>(this)->checked(); }
  T&& operator*() && { return std::move(checked()); }
  T* operator->() { return &checked(); }
  const T* operator->() const { return &const_cast<Result*>(this)->checked(); }

  const Error& error() const& {
    CHECK(!has_value());
    return *std::get_if<1>(&state_);
  }
  Error error() && {
    CHECK(!has_value());
    return std::move(*std::get_if<1>(&state_));
  }
  T value_or(T other) && { return has_value() ? std::move(checked()) : std::move(other); }

 private:
  T& checked() {
    CHECK(has_value());
    return *std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

// Success without a value: `return ok();`
struct Nothing {};
using Status = Result<Nothing>;
inline Nothing ok() { return {}; }

}  // namespace tidemill

// Leaves the function with the error of `expression` (a Status, or a Result whose value is not
// needed). Not for use with co_await inside the expression: name that result first (g++ 12.2).
#define RETURN_IF_ERROR(expression)                                               \
  do {                                                                            \
    if (auto status_ = (expression); !status_) return std::move(status_).error(); \
  } while (false)

// The same inside a coroutine.
#define CO_RETURN_IF_ERROR(expression)                                               \
  do {                                                                               \
    if (auto status_ = (expression); !status_) co_return std::move(status_).error(); \
  } while (false)
