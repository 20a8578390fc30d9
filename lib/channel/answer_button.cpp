#include "channel/answer_button.h"

#include <fmt/format.h>

#include <algorithm>

namespace tocsin::channel {

namespace {

constexpr std::size_t kIdText = 22;

template <class Buttons>
std::string_view words_on(const Buttons& buttons, std::string_view words) {
  const auto found = std::ranges::find(buttons, words, &AnswerButton::words);
  return found == buttons.end() ? std::string_view{} : found->words;
}

}  // namespace

std::string button_data(const seal::MessageId& about, const AnswerButton& button) {
  return fmt::format("{}:{}", seal::to_text(about), button.words);
}

std::optional<Tapped> tapped(std::string_view data) {
  if (data.size() <= kIdText || data[kIdText] != ':') return std::nullopt;
  const auto about = seal::message_id_from_text(data.substr(0, kIdText));
  const std::string_view said = data.substr(kIdText + 1);
  std::string_view words = words_on(kAnswerButtons, said);
  if (words.empty()) words = words_on(kFewAnswerButtons, said);
  if (!about || words.empty()) return std::nullopt;
  return Tapped{*about, words};
}

}  // namespace tocsin::channel
