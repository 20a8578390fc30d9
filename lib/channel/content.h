// What a channel of each class may carry. The types differ, so that the compiler refuses to give an
// envelope, or text about an incident, to a channel whose provider can read it.
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
  base::Bytes envelope;  // only one device can open it
};
struct Words {
  std::string text;  // for one person; the provider's protocol encrypts it
};
struct Call {};  // nothing is sent: the operator sees the text

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

enum class Urgency : std::uint8_t { normal, high };  // high wakes a telephone that sleeps

template <class Content>
struct Outgoing {
  seal::MessageId id;   // the same on every attempt, so that the other end drops a second copy
  std::string address;  // a mailbox, a folder name or a number, by channel. Never logged
  Content content;
  base::Instant expires;
  Urgency urgency = Urgency::normal;
  // Whether it asks for an answer: a channel that has buttons offers the answers.
  bool asks = false;
};
using SealedMessage = Outgoing<Sealed>;

}  // namespace tocsin::channel
