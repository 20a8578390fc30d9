// The mailbox of a hook at a relay, filled by a test, and served over loopback. It is filled while
// nobody asks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "channel/hooked_inbox.h"
#include "seal/entropy.h"
#include "unit/channel/push_service.h"
#include "wire/messages.h"

namespace tocsin::channel {

class HookBox {
 public:
  explicit HookBox(std::string name) : name_(std::move(name)) {
    relay_.will_answer([this](const PushService::Request& request) {
      const std::size_t at = request.head.find("after=");
      const std::uint64_t after =
          at == std::string::npos ? 0 : std::stoull(request.head.substr(at + 6));
      std::vector<wire::Item> later;
      for (const wire::Item& item : items_)
        if (item.cursor > after) later.push_back(item);
      return PushService::Answer{"200 OK", std::string{base::text_of(wire::encode_items(later))}};
    });
  }

  // What a provider posted at this time, by the relay's clock.
  void post(std::string_view body, base::Instant at) {
    const wire::Hooked hooked{name_, at, "", {body.begin(), body.end()}};
    items_.push_back({items_.size() + 1, wire::ItemKind::hooked, seal::random_message_id(entropy_),
                      at + std::chrono::hours{24},
                      wire::seal(hooked, key_.public_identity().seal, entropy_)});
  }
  void clear() { items_.clear(); }
  HookedAt at() const {
    const auto halves = key_.secret_halves();
    return {{relay_.origin(), {}},
            seal::Identity::from_secret_halves(halves.view()),
            name_,
            relay_.origin() + "/hook/" + name_};
  }

 private:
  std::string name_;
  seal::Entropy entropy_;
  seal::Identity key_ = seal::Identity::generate(entropy_);
  std::vector<wire::Item> items_;
  PushService relay_;
};

}  // namespace tocsin::channel
