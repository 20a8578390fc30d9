// A responder's device as the commands see it: its folder, its mailbox, and the letters that it has
// taken from the relay or a spool. Letters stay sealed on the disk. Only what the organisation's
// coordinators signed is shown; everything else is counted and dropped.
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
  std::uint32_t number = 0;  // what a person types: it stays the same
  base::Bytes envelope;
  base::Instant received;
  incident::Answer answer = incident::Answer::none;  // `seen` once it was shown
  std::optional<base::Instant> when;                 // of a "coming" or "later"
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
  // With the device's key. Faults when there is no device in this home. With `spool`, over that
  // folder (tocsin-channel(5)) and never over the relay.
  static Responder open(Context& context, const std::string& spool);

  const home::DeviceHome& home() const noexcept { return home_; }

  struct Fetched {
    std::size_t letters = 0;    // new ones
    std::size_t refused = 0;    // not from a coordinator of this organisation, or damaged
    bool was_accepted = false;  // the organisation's acceptance was among them
    bool was_revoked = false;   // its word that this device is off the list; all was destroyed
    std::string trouble;        // why the relay could not be read
  };
  // Takes what lies in the mailbox, waiting for the first at most `wait`. Safe on the disk before
  // the relay, or the spool, is told so.
  Fetched fetch(std::chrono::seconds wait);

  // All that are kept, newest first.
  std::vector<Notice> notices() const;
  // By its number or its id; nullopt when there is none.
  std::optional<Notice> find(const std::string& named) const;

  // Seals, signs and posts the answer, and remembers it when the relay or the spool has it.
  channel::Delivery answer(const Notice& notice, const incident::Reply& reply);

 private:
  Responder(Context& context, home::DeviceHome home, seal::Identity identity);
  std::optional<Notice> open_letter(const Letter& letter) const;
  bool take_in(const wire::Item& item, Fetched& fetched);
  // Destroys what the incident's retention no longer allows a device.
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

// What `--eta` says, from now. Faults (usage) when it is no time.
base::Instant arrival_in(const Context& context, const std::string& eta);

// Sends the answer and prints it. Faults (unreachable, untrusted) when the relay did not take it.
base::Exit send_answer(Context& context, Responder& responder, const Notice& notice,
                       const incident::Reply& reply);

channel::RelayAddress relay_address(const home::Relay& relay);

}  // namespace tocsin::cli
