// The options that say where a relay listens, whom it serves and where it keeps their mailboxes.
#pragma once

#include <string>
#include <vector>

#include "home/home.h"
#include "input/context.h"
#include "input/options.h"
#include "relay/server.h"
#include "wire/organisation.h"

namespace tocsin::cli {

class RelayFlags {
 public:
  void describe(Options& app);
  // Without a log. Organisation and mailboxes are those of the home when nothing else is named. A
  // Fault (usage) names what is missing.
  relay::ServerSettings settings(const Context& context) const;

  const std::string& listen() const noexcept { return listen_; }
  bool has_metrics() const noexcept { return !metrics_.empty(); }

 private:
  std::vector<wire::Organisation> served(const Context& context) const;

  std::string listen_ = "127.0.0.1:8440";
  std::string store_;
  std::vector<std::string> organisations_;
  std::vector<std::string> hosts_;
  std::string tls_certificate_;
  std::string tls_key_;
  std::string metrics_;
  std::string hooks_;
};

// What a relay knows of the organisation of this home.
wire::Organisation organisation_of(const home::Home& home);

}  // namespace tocsin::cli
