// Answers /healthz and /metrics for those who look after a relay, at an address of its own. It is
// not for everybody: how much a relay carries tells that an incident is on.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "relay/connections.h"

namespace tocsin::relay {

class Overseer final : public Connections::Service {
 public:
  struct Look {
    bool is_well = true;
    std::string metrics;
  };
  explicit Overseer(std::function<Look()> look) : look_(std::move(look)) {}

  void on_request(const std::shared_ptr<Connection>& connection, Request request) override;
  void on_patience_end(Connection&) override {}
  void on_close(Connection&) override {}

 private:
  std::function<Look()> look_;
};

}  // namespace tocsin::relay
