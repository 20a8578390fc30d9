// Nudges as notifications in Microsoft Teams (tocsin-channel(5), TEAMS), up to a hundred people in
// a request. Microsoft can read them. An address is a person's object id at Entra. Nothing comes
// back: people answer on the page.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/teams_access.h"
#include "channel/throttle.h"
#include "channel/verdict.h"

namespace tocsin::channel {

struct TeamsSettings {
  std::string opens;  // what a tap opens: a deep link of Teams
  std::string link;   // the page's address, for nudges; may be empty
};

class TeamsChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "teams";
  // Faults when an id, the deep link or the secret's file cannot be used.
  static std::unique_ptr<TeamsChannel> make(const contact::Settings& settings, const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings& settings);

  TeamsChannel(TeamsAccount account, TeamsSettings settings, const base::Clock& clock);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds) override { return {}; }
  void acknowledge(std::uint64_t) override {}

 private:
  using Message = Outgoing<Content>;
  struct Group {  // of one text
    std::string text;
    std::vector<std::size_t> indices;  // in the batch
  };
  std::optional<Delivery> refusal(const Message& message);
  std::vector<Group> groups_of(std::span<const Message> batch,
                               const std::vector<std::size_t>& going) const;
  HttpRequest request_of(std::span<const Message> batch, const Group& group) const;
  Verdict verdict_of(const HttpAnswer& answer);
  // Returns those that were refused together, each on its own.
  std::vector<Group> send_groups(std::span<const Message> batch, const std::vector<Group>& groups,
                                 std::vector<Delivery>& deliveries);

  TeamsSettings settings_;
  const base::Clock& clock_;
  HttpClient http_;
  Throttle throttle_;
  TeamsAccess access_;
};

}  // namespace tocsin::channel
