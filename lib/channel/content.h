// What may travel on a channel of each class. The types differ, so that the compiler refuses to
// hand an envelope or words about an incident to a channel whose provider reads what it carries.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/instant.h"
#include "contact/channel.h"
#include "playbook/nudge.h"
#include "seal/envelope.h"

namespace tocsin::channel {

struct Sealed {
  base::Bytes envelope;  // one device opens it, and nobody on the way
};
struct Words {
  std::string text;  // for one person: the provider's protocol hides them
};
struct Call {};  // nothing travels: whoever rings has the words before them

template <contact::Class kClass>
struct Carried;
template <>
struct Carried<contact::Class::sealed> {
  using Content = Sealed;
};
template <>
struct Carried<contact::Class::end_to_end> {
  using Content = Words;
};
template <>
struct Carried<contact::Class::provider_readable> {
  using Content = playbook::Nudge;
};
template <>
struct Carried<contact::Class::human> {
  using Content = Call;
};

enum class Urgency : std::uint8_t { normal, high };  // high: worth waking a telephone that sleeps

template <class Content>
struct Outgoing {
  seal::MessageId id;   // the same on every attempt: the far end drops the second
  std::string address;  // of this channel's kind: a mailbox, a folder name, a number. Never logged
  Content content;
  base::Instant expires;
  Urgency urgency = Urgency::normal;
};
using SealedMessage = Outgoing<Sealed>;

}  // namespace tocsin::channel
