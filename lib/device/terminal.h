// A responder's terminal: its folder, its mailbox, and the letters that it took from the relay or a
// spool. Only letters that a coordinator of the organisation signed are shown; all others are
// counted and dropped.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/mailbox.h"
#include "channel/spool.h"
#include "device/inbox.h"
#include "device/message.h"
#include "home/device.h"
#include "seal/entropy.h"

namespace tocsin::device {

// A letter that was opened and found to be from a coordinator of the organisation.
struct OpenLetter {
  Letter letter;
  seal::Header header;
  incident::Notice notice;

  bool is_real() const noexcept { return header.realness == seal::Realness::real; }
  // Only a request waits for an answer, until it expires. A decision or an update does not.
  bool waits_for_answer(base::Instant now) const noexcept;
};

// What a look into the mailbox brought.
struct Fetched {
  std::size_t letters = 0;    // new ones
  std::size_t refused = 0;    // not from a coordinator of this organisation, or damaged
  bool was_accepted = false;  // the organisation's acceptance was among them
  bool was_revoked = false;   // the organisation revoked this device; everything was destroyed
  std::string trouble;        // why the relay could not be read
};

// Letters that the incident's retention no longer allows a device are destroyed when its terminal
// is opened, unless this is a dry run.
enum class Forget : std::uint8_t { what_may_not_be_kept, nothing };

class Terminal {
 public:
  // With `spool`, over that folder (tocsin-channel(5)) and never over the relay; empty: the relay.
  // `clock` outlives it.
  Terminal(home::DeviceHome home, seal::Identity identity, const std::filesystem::path& spool,
           const base::Clock& clock, Forget forget);

  const home::DeviceHome& home() const noexcept { return home_; }

  // Takes what is in the mailbox, and waits at most `wait` for the first. Letters are on the disk
  // before the relay or the spool may delete them.
  Fetched fetch(std::chrono::seconds wait);
  // The same for a longer wait: one poll takes at most a minute, so it takes several.
  Fetched fetch_within(std::chrono::seconds wait);

  // All letters that are kept, the newest first.
  std::vector<OpenLetter> letters() const;
  // Finds a letter by number or id; nullopt when there is none.
  std::optional<OpenLetter> find(std::string_view named) const;
  // The newest letter of each incident that may still be answered, the newest first.
  std::vector<OpenLetter> open_incidents() const;
  // Whether a coordinator has said that the letter's incident has ended.
  bool has_ended(const OpenLetter& letter) const;

  // Seals, signs and sends the answer, and keeps it when the relay or the spool has it.
  channel::Delivery answer(const OpenLetter& letter, const incident::Reply& reply);
  // Tells whoever called that what is new was seen. One that is lost is said again the next time.
  void say_seen(const std::vector<OpenLetter>& letters);

 private:
  std::optional<OpenLetter> open(const Letter& letter) const;
  channel::Mailbox::Page poll(std::chrono::seconds wait, Fetched& fetched);
  bool acknowledge(std::uint64_t cursor);
  void forget_old() const;
  bool take_in(const wire::Item& item, base::Instant now, Fetched& fetched);
  void take_standing(const seal::Opened* opened, base::Instant now, Fetched& fetched);

  home::DeviceHome home_;
  seal::Identity identity_;
  const base::Clock& clock_;
  seal::Entropy entropy_;
  channel::Mailbox mailbox_;
  std::optional<channel::SpoolBox> spool_;  // instead of the mailbox
};

}  // namespace tocsin::device
