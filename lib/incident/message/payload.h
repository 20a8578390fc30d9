// The payloads inside envelopes, as JSON (tocsin-relay(5), PAYLOADS): what a responder is asked and
// told, and what they answer. Decoding returns nullopt for anything that it does not know.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/instant.h"
#include "incident/state/event.h"
#include "seal/certificate.h"

namespace tocsin::incident {

// From the coordinator: a request, a decision or an update. The text is rendered from the
// playbook's template; its parts are given again, so that a page can lay them out.
struct Notice {
  playbook::MessageKind kind = playbook::MessageKind::request;
  std::string incident;  // label
  std::string organisation;
  std::string caller;
  std::string text;  // rendered, in the responder's language
  std::string area;  // titles; empty when the notice is not about a post
  std::string role;
  std::string report_to;
  std::string shift;
  bool is_relief = false;              // the post is one of a later shift than the first
  std::string site;                    // the hospital's name
  std::string switchboard;             // its telephone number; empty when the playbook names none
  std::optional<base::Instant> by;     // needed by; absent when it has no time
  std::optional<base::Instant> ended;  // when the incident had ended before this was written
  base::Instant keep_until;            // when a device destroys it
  seal::PublicIdentity reply_to;       // the incident's keys
  seal::Certificate certificate;       // of the coordinator who signs the envelope
};
base::Bytes encode(const Notice& notice);
std::optional<Notice> decode_notice(base::ByteView payload);

// From the responder's device. Times are absolute, so that a delayed message keeps its meaning.
struct Reply {
  Answer answer = Answer::none;
  std::optional<base::Instant> when;  // coming: expected arrival; later: from when
};
base::Bytes encode(const Reply& reply);
std::optional<Reply> decode_reply(base::ByteView payload);

}  // namespace tocsin::incident
