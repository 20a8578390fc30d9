#include "wire/call_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/form.h"

namespace tocsin::wire {

namespace {

constexpr int kMostTries = 2;  // then the call ends
constexpr int kMostMinutes = 300;
constexpr int kMostHours = 12;
constexpr std::string_view kChoices =
    "If you are coming, press 1. If you can come later, press 2. If you can come only if we are "
    "short, press 3. If you cannot come, press 4.";
constexpr std::string_view kSwitchboard = " To speak to the switchboard, press 9.";
constexpr std::string_view kMinutes =
    "You are coming. In how many minutes can you be here? Enter the number, and then the hash key.";
constexpr std::string_view kHours =
    "In how many hours can you come? Enter the number, and then the hash key.";
constexpr std::string_view kHeard = "When you have heard this, press 1.";

// What is asked. Its name stands in the address.
enum class Stage { choice, minutes, hours, heard };
constexpr std::array<std::string_view, 4> kStages{"choice", "minutes", "hours", "heard"};

struct State {
  seal::MessageId message;
  Stage asked = Stage::choice;
  int tries = 0;
  std::string switchboard;
};

std::optional<int> count_of(std::string_view digits, int most) {
  int value = 0;
  const char* end = digits.data() + digits.size();
  const auto [at, error] = std::from_chars(digits.data(), end, value);
  if (digits.empty() || error != std::errc{} || at != end || value < 1 || value > most)
    return std::nullopt;
  return value;
}

std::optional<State> state_of(std::string_view query) {
  const auto fields = base::read_form(query);
  if (!fields) return std::nullopt;
  const auto message = seal::message_id_from_text(base::value_of(*fields, "m"));
  const auto asked =
      std::find(kStages.begin(), kStages.end(), base::value_of(*fields, "s")) - kStages.begin();
  if (!message || asked == static_cast<std::ptrdiff_t>(kStages.size())) return std::nullopt;
  State state{*message, static_cast<Stage>(asked),
              count_of(base::value_of(*fields, "n"), kMostTries).value_or(0),
              std::string{base::value_of(*fields, "w")}};
  if (!is_number(state.switchboard)) state.switchboard.clear();
  return state;
}

CallTurn farewell(std::string_view text) { return {std::string{text}}; }

CallTurn ask_for(std::string_view hook, const State& state, std::string_view text) {
  std::string address = fmt::format("{}?m={}&s={}", hook, seal::to_text(state.message),
                                    kStages[static_cast<std::size_t>(state.asked)]);
  if (state.tries > 0) address += fmt::format("&n={}", state.tries);
  if (!state.switchboard.empty()) address += "&w=" + base::percent_coded(state.switchboard);
  const bool is_one_key = state.asked == Stage::choice || state.asked == Stage::heard;
  return {std::string{text}, std::move(address), is_one_key ? 1 : 3};
}

std::string choices_of(const State& state) {
  return std::string{kChoices}.append(state.switchboard.empty() ? "" : kSwitchboard);
}

CallTurn again(std::string_view hook, State state, std::string_view text) {
  if (state.tries >= kMostTries) return farewell(kGoodbye);
  ++state.tries;
  return ask_for(hook, state, text);
}

CallTurn after_choice(std::string_view hook, State state, const CallNews& news) {
  const std::string_view key = news.keys;
  if (key == "1" || key == "2") {
    state.asked = key == "1" ? Stage::minutes : Stage::hours;
    state.tries = 0;
    return ask_for(hook, state, key == "1" ? kMinutes : kHours);
  }
  if (key == "3") return farewell("Thank you. You come only if we are short. Goodbye.");
  if (key == "4") return farewell("Thank you. You cannot come. Goodbye.");
  if (key == "9" && !state.switchboard.empty())
    return {"Please wait.", {}, 1, state.switchboard, news.caller};
  return again(hook, state, choices_of(state));
}

}  // namespace

CallTurn first_turn(const CallScript& call, std::string_view words) {
  const State state{call.message, call.asks ? Stage::choice : Stage::heard, 0,
                    is_number(call.switchboard) ? call.switchboard : std::string{}};
  return ask_for(call.hook, state,
                 fmt::format("{} {}", words, call.asks ? choices_of(state) : std::string{kHeard}));
}

std::optional<CallTurn> next_turn(std::string_view hook, std::string_view query,
                                  const CallNews& news) {
  const auto state = state_of(query);
  if (!state) return std::nullopt;
  // What they were asked was said twice.
  if (news.is_silent) return farewell(kGoodbye);
  switch (state->asked) {
    case Stage::choice:
      return after_choice(hook, *state, news);
    case Stage::minutes:
      if (const auto minutes = count_of(news.keys, kMostMinutes))
        return farewell(fmt::format("Thank you. You come in {} minutes. Goodbye.", *minutes));
      return again(hook, *state, kMinutes);
    case Stage::hours:
      if (const auto hours = count_of(news.keys, kMostHours))
        return farewell(fmt::format("Thank you. You can come in {} hours. Goodbye.", *hours));
      return again(hook, *state, kHours);
    case Stage::heard:
      return farewell("Thank you. Goodbye.");
  }
  return std::nullopt;
}

std::optional<Pressed> pressed(std::string_view query, const CallNews& news) {
  const auto state = state_of(query);
  const std::string_view keys = news.keys;
  if (!state || keys.empty()) return std::nullopt;
  Pressed said{state->message, {}};
  switch (state->asked) {
    case Stage::choice:
      // Who hangs up now is coming all the same. A later time alone is no answer.
      if (keys == "1") said.words = "Y";
      if (keys == "3") said.words = "LR";
      if (keys == "4") said.words = "N";
      break;
    case Stage::minutes:
      if (const auto minutes = count_of(keys, kMostMinutes))
        said.words = fmt::format("Y {}", *minutes);
      break;
    case Stage::hours:
      if (const auto hours = count_of(keys, kMostHours))
        said.words = fmt::format("L {}", *hours * 60);
      break;
    case Stage::heard:
      break;
  }
  return said;
}

}  // namespace tocsin::wire
