#include "app/server/wiring.h"

#include "storage/objects/objects.h"

namespace tidemill {

struct Wiring::Parts {
  explicit Parts(Environment& environment)
      : objects(environment.store, environment.loop, environment.files,
                environment.directory + "/objects") {}

  objects::Objects objects;
};

Wiring::Wiring(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Wiring::~Wiring() = default;

Result<std::unique_ptr<Wiring>> Wiring::make(Environment& environment) {
  auto parts = std::make_unique<Parts>(environment);
  RETURN_IF_ERROR(parts->objects.recover());
  environment.add_part(parts->objects);
  return std::unique_ptr<Wiring>(new Wiring(std::move(parts)));
}

void Wiring::start() { parts_->objects.start(); }

}  // namespace tidemill
