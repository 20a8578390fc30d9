// What Twilio answers, lists and posts (tocsin-channel(5), SMS). Every byte of it is hostile until
// it is decoded here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/form.h"
#include "base/instant.h"
#include "channel/said.h"
#include "contact/receipt.h"

namespace tocsin::channel {

using contact::Receipt;

// "SM" and 32 digits of hex.
bool is_twilio_sid(std::string_view text, std::string_view kind) noexcept;
// Of a message: SM, or MM with a picture.
bool is_twilio_message(std::string_view sid) noexcept;

// The number of what an answer that is no success says; 0 when it cannot be read.
int twilio_error(base::ByteView body);
// The sid of what was made; empty when it cannot be read.
std::string twilio_made(base::ByteView body);

// "Wed, 22 Feb 2017 02:32:26 +0000".
std::optional<base::Instant> twilio_time(std::string_view text);

struct TwilioOutcome {
  Receipt receipt = Receipt::sent;
  std::string_view reason{};  // of a failure
};
// Of a text. nullopt for a word that we do not know.
std::optional<TwilioOutcome> twilio_outcome(std::string_view status, int error);

struct TwilioText {  // that the account sent, by us or not
  std::string sid;
  std::string to;
  std::string body;
  std::optional<TwilioOutcome> outcome;
  base::Instant created;
};
struct TwilioPage {
  std::vector<TwilioText> texts;
  std::vector<Said> replies;            // from telephone numbers; their ids come from their sids
  std::string next;                     // path and query of the next page; empty: there is none
  std::size_t entries = 0;              // sound or not
  std::optional<base::Instant> newest;  // of the sound ones
};
// A page of the list of texts. Entries without a sid or a time are left out; nullopt when it is no
// such page. `path` is the list's: the next page is of the same list.
std::optional<TwilioPage> parse_twilio_page(base::ByteView body, std::string_view path);

// What a person texted, posted to a hook; `at` is when that was.
std::optional<Said> twilio_reply(const base::Fields& form, base::Instant at);

}  // namespace tocsin::channel
