// The ways between a control room in memory and the people of a world: a channel for each, and the
// telephones at the other end.
#pragma once

#include <memory>
#include <vector>

#include "drill/run/memory.h"
#include "drill/run/scene.h"
#include "drill/world/telephones.h"

namespace tocsin::drill {

class Ways {
 public:
  // For a scene with a world. `post` is its relay. Both outlive this.
  Ways(const Scene& scene, MemoryPost& post);
  Ways(const Ways&) = delete;
  Ways& operator=(const Ways&) = delete;

  // Of the home, as the journal has them.
  std::vector<incident::Body> taken() const;
  std::vector<channel::Channel*> channels();
  std::vector<std::size_t> take_arrivals();
  Telephones& telephones() noexcept { return telephones_; }
  const std::vector<std::unique_ptr<Messenger>>& messengers() const noexcept { return messengers_; }

 private:
  const World world_;
  MemoryPost& post_;
  WorldRelay relay_;
  const std::vector<std::unique_ptr<Messenger>> messengers_;
  std::vector<std::unique_ptr<channel::Channel>> lines_;
  Telephones telephones_;
};

}  // namespace tocsin::drill
