// A responder's device for the commands: its folder, its mailbox, and the letters that it took from
// the relay or a spool. Letters stay sealed on the disk. Only letters that a coordinator of the
// organisation signed are shown; all others are counted and dropped.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "channel/mailbox.h"
#include "channel/spool.h"
#include "command.h"
#include "home/device.h"
#include "incident/message/payload.h"
#include "seal/entropy.h"
#include "seal/envelope.h"
#include "wire/messages.h"

namespace tocsin::cli {

struct Letter {
  std::uint32_t number = 0;  // that a person types; it never changes
  base::Bytes envelope;
  base::Instant received;
  incident::Answer answer = incident::Answer::none;  // `seen` after it was shown
  std::optional<base::Instant> when;                 // for "coming" or "later"
  base::Instant answered;
};

// A letter that was opened and found to be from a coordinator of the organisation.
struct Notice {
  Letter letter;
  seal::Header header;
  incident::Notice notice;
};

class Responder {
 public:
  // Unlocks the device's key. Faults when this home has no device. With `spool` it uses that folder
  // (tocsin-channel(5)) and never the relay.
  static Responder open(Context& context, const std::string& spool);

  const home::DeviceHome& home() const noexcept { return home_; }

  struct Fetched {
    std::size_t letters = 0;    // new ones
    std::size_t refused = 0;    // not from a coordinator of this organisation, or damaged
    bool was_accepted = false;  // the organisation's acceptance was among them
    bool was_revoked = false;   // the organisation revoked this device; everything was destroyed
    std::string trouble;        // why the relay could not be read
  };
  // Takes what is in the mailbox, and waits at most `wait` for the first. Letters are on the disk
  // before the relay or the spool may delete them.
  Fetched fetch(std::chrono::seconds wait);

  // All letters that are kept, the newest first.
  std::vector<Notice> notices() const;
  // Finds a letter by number or id; nullopt when there is none.
  std::optional<Notice> find(const std::string& named) const;

  // Seals, signs and sends the answer, and keeps it when the relay or the spool has it.
  channel::Delivery answer(const Notice& notice, const incident::Reply& reply);

 private:
  Responder(Context& context, home::DeviceHome home, seal::Identity identity);
  std::optional<Notice> open_letter(const Letter& letter) const;
  bool take_in(const wire::Item& item, Fetched& fetched);
  // Destroys letters that a device may no longer keep, by the incident's retention.
  void forget_old() const;
  void save(const std::vector<Letter>& letters, std::uint32_t next) const;
  std::vector<Letter> load(std::uint32_t& next) const;

  const base::Clock& clock_;
  seal::Entropy entropy_;
  home::DeviceHome home_;
  seal::Identity identity_;
  channel::Mailbox mailbox_;
  std::optional<channel::SpoolBox> spool_;  // instead of the mailbox
};

// --spool FOLDER, which `open` takes.
void add_spool_option(Options& app, std::string& folder);

// "coming, there at 23:05"
std::string words_of(const std::optional<base::Instant>& when, incident::Answer answer);

// The arrival by `--eta` from now. Faults (usage) when it is not a time.
base::Instant arrival_in(const Context& context, const std::string& eta);

// Sends the answer and prints it. Faults (unreachable, untrusted) when the relay did not take it.
base::Exit send_answer(Context& context, Responder& responder, const Notice& notice,
                       const incident::Reply& reply);

channel::RelayAddress relay_address(const home::Relay& relay);

}  // namespace tocsin::cli
