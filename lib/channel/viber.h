// Messages by a bot at Viber (tocsin-channel(5), VIBER). Viber can read them, so they are nudges.
// An address is a person's id for the bot, "01234567890A=". Viber drops no second copy: what is
// sent again after an outcome that was unknown may arrive twice.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/throttle.h"
#include "channel/verdict.h"
#include "channel/viber_access.h"
#include "channel/viber_inbox.h"
#include "seal/entropy.h"

namespace tocsin::channel {

enum class Broadcasting : std::uint8_t { no, yes };  // whether Viber lets the bot do it

struct ViberSettings {
  std::string name;  // that people see as the sender
  std::string link;  // the page's address, for nudges; may be empty
  Broadcasting broadcasting = Broadcasting::no;
};

class ViberChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "viber";
  // Faults when the name, the token's file or the hook cannot be used.
  static std::unique_ptr<ViberChannel> make(const contact::Settings& settings, const Parts& parts);
  // How fast it sends, at most, to one person after the other.
  static base::Rate limit(const contact::Settings& settings);

  // The file of names lies in `home`.
  ViberChannel(ViberAccess access, ViberSettings settings, const std::filesystem::path& home,
               const base::Clock& clock, Listen listen, HookedAt hook);

  std::string_view name() const noexcept override { return kName; }
  Room room() override;
  // What is over the allowance gets failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return polling_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { polling_.acknowledge(cursor); }

  // Why answers cannot be read at the moment; empty when they can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  using Message = Outgoing<Content>;
  // What goes in one request: the same text, with the same buttons, to each of some people once.
  struct Group {
    std::string text;
    bool asks = false;
    seal::MessageId about;             // in the buttons: of the message, or of a broadcast
    std::vector<std::size_t> indices;  // in the batch
  };

  std::vector<Group> groups_of(std::span<const Message> batch,
                               const std::vector<std::size_t>& going);
  HttpRequest request_of(std::span<const Message> batch, const Group& group) const;
  void take_answer(std::span<const Message> batch, const Group& group, const HttpAnswer& answer,
                   std::vector<Delivery>& deliveries);

  ViberAccess access_;
  ViberSettings settings_;
  const base::Clock& clock_;
  seal::Entropy entropy_;
  HttpClient http_;
  Throttle throttle_;  // of requests
  ViberInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
