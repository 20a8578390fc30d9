// The fixture of the tests with a hostile relay: a trust with two responders whose relay is under
// the test's control, what the journal says of their answers, and messages that somebody forges.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "home/home.h"
#include "home/keyring.h"
#include "home/passphrase.h"
#include "process/hostile_relay.h"
#include "process/night.h"
#include "seal/entropy.h"
#include "seal/envelope.h"

namespace tocsin::process {

using Items = HostileRelay::Items;
using wire::ItemKind;

class HostileNight : public RealNight {
 protected:
  std::string start_relay() override { return hostile_.url(); }

  // Declares an exercise and asks both people. Answers are sealed to `incident_` then.
  void declare() {
    const auto before = hostile_.seen();
    good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
    step();
    for (const auto& [id, identity] : hostile_.seen())
      if (!before.contains(id)) incident_ = identity;
    ASSERT_TRUE(incident_);
  }
  void step() const { EXPECT_TRUE(std::set<int>({0, 5}).contains(tocsin("trust", {"step"}).exit)); }
  std::string inbox(const std::string& person) const {
    return tocsin(person, {"respond", "inbox"}).out;
  }
  static std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
  }
  std::size_t coming() const {
    const auto events = journal();
    return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [](const json& e) {
      return e["event"] == "replied" && e["answer"] == "coming";
    }));
  }
  std::vector<std::string> answers() const {
    std::vector<std::string> answers;
    for (const json& event : journal())
      if (event["event"] == "replied" && event["answer"] != "seen")
        answers.push_back(event["answer"]);
    return answers;
  }
  std::size_t refused(const std::string& reason = {}) const {
    std::size_t count = 0;
    for (const json& event : journal())
      if (event["event"] == "refused" && (reason.empty() || event["reason"] == reason))
        count += event["count"].get<std::size_t>();
    return count;
  }
  // The device's public keys, which the relay sees when the device asks.
  seal::PublicIdentity device_of(const std::string& person) {
    std::set<seal::KeyId> readers;
    hostile_.play([&](const seal::PublicIdentity& reader, Items all) {
      readers.insert(reader.id());
      return all;
    });
    inbox(person);
    hostile_.play(nullptr);
    EXPECT_EQ(readers.size(), 1U);
    return hostile_.seen().at(*readers.begin());
  }
  wire::Item forged(const seal::PublicIdentity& to, seal::Kind kind, const base::Bytes& payload,
                    const seal::Identity& by, const seal::MessageId& incident = {}) {
    const base::Instant now = base::SystemClock{}.now();
    const seal::Header header{
        kind, seal::Realness::exercise,   seal::random_message_id(entropy_), incident,
        now,  now + std::chrono::hours{1}};
    return {hostile_.next_cursor(), ItemKind::message, header.id, header.expires,
            seal::seal_envelope({to.seal, entropy_}, header, payload, by.signing)};
  }

  struct Keys {
    home::Unlocked unlocked;
    seal::Identity organisation;
  };
  Keys keys_of_trust() const {
    const home::Home trust = home::Home::open(path("trust"));
    home::SessionKeyring keyring;
    return {trust.unlock(*home::passphrase_source({}), keyring),
            trust.unlock_organisation(*home::passphrase_source({}))};
  }
  void play_once(wire::Item item) {
    hostile_.play(
        [item = std::move(item), left = 1](const seal::PublicIdentity&, Items all) mutable {
          if (left-- > 0) all.push_back(item);
          return all;
        });
  }

  HostileRelay hostile_;
  seal::Entropy entropy_;
  std::optional<seal::PublicIdentity> incident_;
};

}  // namespace tocsin::process
