// Messages through Threema's Gateway, end-to-end encrypted (tocsin-channel(5), THREEMA), so they
// carry words. An address is a Threema ID. Threema drops no second copy: what is sent again after
// an outcome that was unknown may arrive twice.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/polling.h"
#include "channel/sent_names.h"
#include "channel/threema_access.h"
#include "channel/threema_inbox.h"
#include "channel/threema_keys.h"
#include "channel/throttle.h"
#include "channel/verdict.h"
#include "seal/entropy.h"

namespace tocsin::channel {

class ThreemaChannel final : public Carrier<Class::end_to_end> {
 public:
  static constexpr std::string_view kName = "threema";
  // Faults when the ID, or a file with a secret, cannot be used.
  static std::unique_ptr<ThreemaChannel> make(const contact::Settings& settings,
                                              const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings& settings);

  // The files of keys and of names lie in `home`.
  ThreemaChannel(ThreemaAccess access, const std::filesystem::path& home, const base::Clock& clock,
                 Listen listen, std::optional<HookedAt> hook);

  std::string_view name() const noexcept override { return kName; }
  Room room() override { return throttle_.room(); }
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds patience) override { return polling_.collect(patience); }
  void acknowledge(std::uint64_t cursor) override { polling_.acknowledge(cursor); }

  // Why answers cannot be read at the moment; empty when they can.
  std::string trouble() const override { return polling_.trouble(); }

 private:
  using Message = Outgoing<Content>;
  struct Boxed {
    std::size_t index;  // in the batch
    ThreemaBox box;
  };

  std::optional<Delivery> refusal(const Message& message);
  // Why it cannot be boxed for them; asks the Gateway for keys that this process does not know yet.
  std::map<std::string, Verdict> ask_for_keys(const std::vector<const Message*>& messages);
  ThreemaBox box_for(const Message& message);
  std::vector<Verdict> send_some(std::span<const Message> batch, std::span<const Boxed> some);
  Verdict accepted(const Message& message, const std::string& name);
  Verdict judged(Verdict verdict);

  ThreemaAccess access_;
  const base::Clock& clock_;
  seal::Entropy entropy_;
  HttpClient http_;
  Throttle throttle_;
  ThreemaKeys keys_;
  SentNames sent_;
  ThreemaInbox inbox_;
  Polling polling_;  // the last: its thread uses the others
};

}  // namespace tocsin::channel
