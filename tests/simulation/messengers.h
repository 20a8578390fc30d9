// The written channels beside the relay: a messenger that carries words end to end, and a pager
// whose provider can read what it carries, and which therefore only nudges.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "simulation/diary.h"
#include "simulation/hospital.h"
#include "simulation/trouble.h"

namespace tocsin::simulation {

// What the two have in common: a network with addresses, lost and late messages, and receipts that
// come later or never.
class Post {
 public:
  struct Letter {
    base::Instant due;
    std::size_t person = 0;
    seal::MessageId id;
    std::string words;
  };

  Post(const Hospital& hospital, const char* channel, const Trouble& trouble,
       const base::Clock& clock, base::SeededRandom random);

  channel::Delivery send(const seal::MessageId& id, const std::string& address,
                         const std::string& words);
  channel::Collected collect();
  void acknowledge(std::uint64_t cursor);
  // What arrives by now. Each letter is there once, however often it was sent.
  std::vector<Letter> arrive();
  std::optional<base::Instant> next() const;

  struct Sent {
    std::size_t person = 0;
    std::string address;
  };
  std::vector<Sent> sent;  // everything, in order
  // Called with each message before it goes out; may be empty.
  std::function<void(const seal::MessageId&)> before_sending;

  bool lies = false;  // the planted fault: "delivered" of what was lost

 private:
  bool is_dead(std::size_t person) const { return dead_[person]; }

  const Trouble& trouble_;
  const base::Clock& clock_;
  base::SeededRandom random_;
  std::map<std::string, std::size_t> person_by_address_;
  std::vector<bool> dead_;  // by person: the address is wrong, or the telephone is off for good
  std::vector<bool> gone_;  // of these, the provider says so
  std::vector<Letter> under_way_;
  struct Receipted {
    base::Instant due;
    seal::MessageId id;
  };
  std::vector<Receipted> receipts_;  // not yet acknowledged
  std::uint64_t acknowledged_ = 0;
};

class Messenger final : public channel::Carrier<contact::Class::end_to_end> {
 public:
  explicit Messenger(Post& post) : post_(post) {}
  std::string_view name() const noexcept override { return "threema"; }
  std::vector<channel::Delivery> send(
      std::span<const channel::Outgoing<channel::Words>> batch) override {
    std::vector<channel::Delivery> out;
    for (const auto& message : batch)
      out.push_back(post_.send(message.id, message.address, message.content.text));
    return out;
  }
  channel::Collected collect(base::Milliseconds) override { return post_.collect(); }
  void acknowledge(std::uint64_t cursor) override { post_.acknowledge(cursor); }

 private:
  Post& post_;
};

class Pager final : public channel::Carrier<contact::Class::provider_readable> {
 public:
  explicit Pager(Post& post) : post_(post) {}
  std::string_view name() const noexcept override { return "sms"; }
  std::vector<channel::Delivery> send(
      std::span<const channel::Outgoing<playbook::Nudge>> batch) override {
    std::vector<channel::Delivery> out;
    for (const auto& message : batch)
      out.push_back(post_.send(message.id, message.address, message.content.text("the page")));
    return out;
  }
  channel::Collected collect(base::Milliseconds) override { return post_.collect(); }
  void acknowledge(std::uint64_t cursor) override { post_.acknowledge(cursor); }

 private:
  Post& post_;
};

}  // namespace tocsin::simulation
