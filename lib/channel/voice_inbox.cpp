#include "channel/voice_inbox.h"

#include <fmt/format.h>

#include <utility>

#include "base/form.h"
#include "contact/telephone.h"
#include "wire/call_script.h"

namespace tocsin::channel {

namespace {

std::optional<std::string> number_called(const wire::CallNews& news) {
  const auto read = contact::parse_telephone(news.called);
  const auto* number = std::get_if<contact::Telephone>(&read);
  return number == nullptr ? std::nullopt : std::optional{number->e164};
}

std::string_view why_unheard(wire::CallEnd end, bool by_machine) noexcept {
  switch (end) {
    case wire::CallEnd::busy:
      return "the line was busy";
    case wire::CallEnd::unanswered:
      return "nobody answered";
    case wire::CallEnd::not_put_through:
      return "the call could not be put through";
    case wire::CallEnd::hung_up:
      break;
  }
  return by_machine ? "a machine answered" : "somebody answered, and pressed no key";
}

}  // namespace

VoiceInbox::VoiceInbox(wire::CallDialect dialect, HookedAt hook, const base::Clock& clock)
    : dialect_(dialect),
      inbox_(std::move(hook), clock,
             [this](const wire::Hooked& post, Collected& collected) { take(post, collected); }) {}

void VoiceInbox::take(const wire::Hooked& post, Collected& collected) {
  const auto news = wire::read_call_news(dialect_, post.body);
  const auto query = base::read_form(post.query);
  if (!news || !query || news->call.empty()) return;
  if (const auto keys = wire::pressed(post.query, *news)) {
    if (heard_.insert(keys->message).second)
      collected.deliveries.push_back({keys->message, Receipt::delivered, {}, {}});
    auto number = number_called(*news);
    if (keys->words.empty() || !number) return;
    // The same keys in the same call are one answer, however often they are posted.
    const auto id = said_id("voice", fmt::format("{} {}", news->call, keys->words));
    collected.said.push_back({id, *std::move(number), keys->words, post.at, keys->message});
    return;
  }
  if (const auto message = seal::message_id_from_text(base::value_of(*query, "m")))
    take_news(*message, *news, collected);
}

void VoiceInbox::take_news(const seal::MessageId& message, const wire::CallNews& news,
                           Collected& collected) {
  // Vonage says first that a machine answered, and when that call ends says no more of it.
  if (news.is_machine) machines_.insert(message);
  if (!news.end || heard_.contains(message) || !ended_.insert(message).second) return;
  // For good: this call has rung, and the person goes on to the next channel.
  collected.deliveries.push_back({message,
                                  Receipt::failed_for_good,
                                  std::string{why_unheard(*news.end, machines_.contains(message))},
                                  {}});
}

}  // namespace tocsin::channel
