#include "screen/staff/card_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace tocsin::cli {

namespace {

using base::printable;
using nlohmann::json;
using playbook::kMeaningWords;
using playbook::kOccasionWords;

constexpr std::array<std::string_view, kMeaningWords.size()> kWhatToDo = {
    "you are asked to come: answer", "you are expected: come",
    "stay where you are: sleep, or wait to be called", "it is over"};

json text_or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

json card_json(const control::Card& card) {
  json senders = json::array();
  for (const control::Sender& sender : card.senders)
    senders.push_back({{"channel", sender.channel.str()}, {"shown", text_or_null(sender.shown)}});
  json words = nullptr;
  if (card.code_words.say_what_to_do())
    for (std::size_t o = 0; o < kOccasionWords.size(); ++o)
      for (std::size_t m = 0; m < kMeaningWords.size(); ++m)
        words[kOccasionWords[o]][kMeaningWords[m]] = card.code_words.words[o][m];
  return {{"organisation", card.organisation},
          {"switchboard", text_or_null(card.switchboard)},
          {"page", text_or_null(card.page)},
          {"senders", senders},
          {"code_words", words},
          {"code_word", text_or_null(card.code_words.any)},
          {"vcard", control::vcard(card)}};
}

void print_senders(Output& out, const control::Card& card) {
  out.line("Save these as one contact, and let it through silence:");
  const auto row = [&](std::string_view what, std::string_view shown) {
    out.line(fmt::format("  {:<12} {}", what, printable(std::string{shown})));
  };
  if (!card.switchboard.empty()) row("switchboard", card.switchboard);
  for (const control::Sender& sender : card.senders)
    row(sender.channel.str(),
        sender.shown.empty() ? "as its provider shows it: send yourself a test" : sender.shown);
  if (!card.page.empty()) row("links begin", card.page);
}

void print_words(Output& out, const control::Card& card) {
  const playbook::CodeWords& words = card.code_words;
  if (!words.say_what_to_do()) {
    if (!words.any.empty())
      out.line(fmt::format("A message that is no hoax has the word {}.", printable(words.any)));
    return;
  }
  out.line("Where others can read it, a message is one word. Learn what each means:");
  out.line(fmt::format("  {:<14} {}", "REAL", "EXERCISE"));
  for (std::size_t m = 0; m < kMeaningWords.size(); ++m)
    out.line(fmt::format("  {} {} {}", base::fit(printable(words.words[0][m]), 14),
                         base::fit(printable(words.words[1][m]), 14), kWhatToDo[m]));
}

}  // namespace

void print_card(Output& out, Form form, const control::Card& card) {
  if (form == Form::json) return out.json(card_json(card));
  out.line(printable(fmt::format("When {} calls you in", card.organisation)));
  out.line("");
  print_senders(out, card);
  if (card.code_words.say_what_to_do() || !card.code_words.any.empty()) out.line("");
  print_words(out, card);
  out.line("");
  out.line(
      "Answer where you were asked, in words: Y 20 (in 20 minutes), L 07:00 (from 07:00), LR "
      "(only if you are short), N.");
  out.line("Please do not telephone. Write nothing about patients. STOP ends the messages there.");
}

}  // namespace tocsin::cli
