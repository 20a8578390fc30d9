// The contact card of an organisation: what staff must know before the night, to tell a call from a
// hoax and to let it through silence (tocsin-staff(1)). Holds no secret but the code words.
#pragma once

#include <string>
#include <vector>

#include "home/settings.h"
#include "playbook/playbook.h"

namespace tocsin::control {

// Where messages or calls of one channel come from.
struct Sender {
  contact::ChannelId channel;
  // What the telephone shows: a number, an address or an account. Empty when only the provider
  // knows it.
  std::string shown;
};

struct Card {
  std::string organisation;
  std::string switchboard;      // as people dial it; empty when the playbook states none
  std::string page;             // the address of the relay, with which links begin; or empty
  std::vector<Sender> senders;  // in the order of tocsin.yaml
  playbook::CodeWords code_words;
};

Card contact_card(const home::Settings& settings, const playbook::Playbook& playbook);

// For a telephone's contacts (vCard 3.0, RFC 2426). Without code words: whoever picks the telephone
// up could read them.
std::string vcard(const Card& card);

}  // namespace tocsin::control
