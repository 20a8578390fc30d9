#include "incident/state/words.h"

#include <array>

namespace tocsin::incident {

std::string_view to_text(Answer answer) noexcept {
  constexpr std::array<std::string_view, 8> kTexts = {"none", "coming",  "later",   "last resort",
                                                      "no",   "arrived", "leaving", "seen"};
  return kTexts[static_cast<std::size_t>(answer)];
}

std::optional<Answer> answer_from_text(std::string_view text) noexcept {
  if (text == "last-resort" || text == "last_resort") return Answer::last_resort;
  for (const Answer answer : {Answer::coming, Answer::later, Answer::last_resort, Answer::no,
                              Answer::arrived, Answer::leaving, Answer::seen})
    if (text == to_text(answer)) return answer;
  return std::nullopt;
}

std::string_view to_text(Audience audience) noexcept {
  switch (audience) {
    case Audience::area:
      return "area";
    case Audience::role:
      return "role";
    case Audience::coming:
      return "coming";
    case Audience::asked:
      return "asked";
    case Audience::person:
      return "person";
  }
  return "unknown";
}

std::string_view to_text(Flag flag) noexcept {
  switch (flag) {
    case Flag::gap:
      return "gap";
    case Flag::phone_list:
      return "phone list";
    case Flag::rest_override:
      return "rest override";
    case Flag::refused:
      return "refused messages";
    case Flag::channel_failed:
      return "channel failed";
    case Flag::lead_missing:
      return "lead missing";
    case Flag::unsettled:
      return "decisions unsettled";
  }
  return "unknown";
}

std::string_view to_text(Unread unread) noexcept {
  switch (unread) {
    case Unread::unclear:
      return "unclear";
    case Unread::clinical:
      return "may be about a patient";
    case Unread::stop:
      return "stop";
    case Unread::whose:
      return "from an address that several people have";
    case Unread::automatic:
      return "automatic";
    case Unread::no_time:
      return "no time";
  }
  return "unknown";
}

std::string_view to_text(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::accepted:
      return "accepted";
    case Verdict::declined:
      return "declined";
    case Verdict::expired:
      return "expired";
  }
  return "unknown";
}

}  // namespace tocsin::incident
