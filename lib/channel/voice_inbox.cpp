#include "channel/voice_inbox.h"

#include <fmt/format.h>

#include <utility>

#include "base/form.h"
#include "channel/twilio_answer.h"
#include "contact/telephone.h"
#include "wire/call_script.h"

namespace tocsin::channel {

namespace {

std::optional<std::string> number_called(const base::Fields& form) {
  const auto read = contact::parse_telephone(std::string{base::value_of(form, "To")});
  const auto* number = std::get_if<contact::Telephone>(&read);
  return number == nullptr ? std::nullopt : std::optional{number->e164};
}

}  // namespace

VoiceInbox::VoiceInbox(HookedAt hook, const base::Clock& clock)
    : inbox_(std::move(hook), clock,
             [this](const wire::Hooked& post, Collected& collected) { take(post, collected); }) {}

void VoiceInbox::take(const wire::Hooked& post, Collected& collected) {
  const auto form = base::read_form(base::text_of(post.body));
  const auto query = base::read_form(post.query);
  if (!form || !query || !is_twilio_sid(base::value_of(*form, "CallSid"), "CA")) return;
  if (const auto keys = wire::pressed(post.query, *form)) {
    if (heard_.insert(keys->message).second)
      collected.deliveries.push_back({keys->message, Receipt::delivered, {}, {}});
    auto number = number_called(*form);
    if (keys->words.empty() || !number) return;
    // The same keys in the same call are one answer, however often they are posted.
    const auto id =
        said_id("voice", fmt::format("{} {}", base::value_of(*form, "CallSid"), keys->words));
    collected.said.push_back({id, *std::move(number), keys->words, post.at, keys->message});
    return;
  }
  const auto message = seal::message_id_from_text(base::value_of(*query, "m"));
  const std::string_view why =
      why_unheard(base::value_of(*form, "CallStatus"), base::value_of(*form, "AnsweredBy"));
  if (!message || why.empty() || heard_.contains(*message)) return;
  // For good: this call has rung, and the person goes on to the next channel.
  collected.deliveries.push_back({*message, Receipt::failed_for_good, std::string{why}, {}});
}

std::string_view why_unheard(std::string_view call_status, std::string_view answered_by) noexcept {
  if (call_status == "busy") return "the line was busy";
  if (call_status == "no-answer") return "nobody answered";
  if (call_status == "failed" || call_status == "canceled")
    return "the call could not be put through";
  if (call_status != "completed") return {};
  if (answered_by.starts_with("machine") || answered_by == "fax") return "a machine answered";
  return "somebody answered, and pressed no key";
}

}  // namespace tocsin::channel
