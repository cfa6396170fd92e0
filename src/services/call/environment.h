// What the program is made of, as an operation or a worker may use it. Built by `app`, lives as
// long as the process, handed down by reference.
#pragma once

#include <string>
#include <typeindex>
#include <unordered_map>

#include "storage/kv/store.h"
#include "sys/clock.h"
#include "sys/files.h"
#include "sys/loop.h"
#include "sys/processes.h"
#include "sys/random.h"
#include "wire/operation.h"

namespace tidemill {

struct Environment {
  sys::Loop& loop;
  sys::Clock& clock;
  sys::Random& random;
  sys::Files& files;
  sys::Processes& processes;
  kv::Store& store;
  Operations& operations;
  HttpServer& http;
  std::string directory;     // --data; parts keep their files in a folder below it
  std::string endpoint_url;  // "http://127.0.0.1:4566"

  // Parts that one service owns and others use (storage/objects, the function pool of lambda, the
  // SQL engine): `app` adds each once, before anything runs.
  template <class T>
  void add_part(T& part) {
    parts_.emplace(std::type_index(typeid(T)), &part);
  }
  template <class T>
  T& part() const {
    const auto found = parts_.find(std::type_index(typeid(T)));
    CHECK(found != parts_.end());
    return *static_cast<T*>(found->second);
  }

  std::unordered_map<std::type_index, void*> parts_{};
};

}  // namespace tidemill
