#include "incident/answer/own_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace tocsin::incident {

namespace {

using Lines = std::vector<std::string_view>;

bool begins_with_any(std::string_view line, std::span<const std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return line.starts_with(beginning); });
}

// "On Mon, 30 Nov 2026 at 22:40, St Elsewhere <call@example.org> wrote:"
bool ends_attribution(std::string_view line) {
  static constexpr auto kWrote = std::to_array<std::string_view>(
      {"wrote:", "napisal(a):", "napisal:", "napisala:", "pisze:", "ysgrifennodd:", "a ecrit :",
       "a ecrit:", "schrieb:", "escribio:", "ha scritto:", ">:"});
  return std::any_of(kWrote.begin(), kWrote.end(),
                     [&](std::string_view end) { return line.ends_with(end); });
}

bool begins_attribution(std::string_view line) {
  static constexpr auto kOn =
      std::to_array<std::string_view>({"on ", "dnia ", "w dniu ", "ar ", "le ", "am ", "el ", "il ",
                                       "pon.", "wt.", "sr.", "czw.", "pt.", "sob.", "niedz."});
  return begins_with_any(line, kOn);
}

// From such a line on nothing is of the person who answers.
bool ends_own_words(std::string_view line) {
  static constexpr auto kEnds = std::to_array<std::string_view>({"--",
                                                                 "__",
                                                                 "==",
                                                                 "****",
                                                                 "sent from my",
                                                                 "sent from outlook",
                                                                 "sent from yahoo",
                                                                 "sent from mail",
                                                                 "sent from samsung",
                                                                 "sent from the",
                                                                 "sent via",
                                                                 "sent with",
                                                                 "get outlook for",
                                                                 "wyslane z",
                                                                 "wyslano z",
                                                                 "anfonwyd o",
                                                                 "anfonwyd gan",
                                                                 "this email and any",
                                                                 "this e-mail and any",
                                                                 "this message and any",
                                                                 "this message may contain",
                                                                 "this email may contain",
                                                                 "this message is confidential",
                                                                 "this email is confidential",
                                                                 "the information contained",
                                                                 "the information in this",
                                                                 "disclaimer",
                                                                 "confidentiality",
                                                                 "begin forwarded message",
                                                                 "original message",
                                                                 "wiadomosc oryginalna"});
  return begins_with_any(line, kEnds);
}

// "From: …" with another line of a header below, as Outlook quotes.
bool begins_header(const Lines& lines, std::size_t at) {
  static constexpr auto kFrom =
      std::to_array<std::string_view>({"from:", "od:", "oddi wrth:", "oddi wrth/from:", "von:",
                                       "de:", "from/oddi wrth:", "*from:"});
  static constexpr auto kNext = std::to_array<std::string_view>(
      {"sent:", "date:", "to:", "wyslano:", "data:", "do:", "anfonwyd:", "dyddiad:", "subject:",
       "temat:", "*sent:", "*date:", "anfonwyd/sent:", "sent/anfonwyd:", "gesendet:", "envoye :"});
  return begins_with_any(lines[at], kFrom) && at + 1 < lines.size() &&
         begins_with_any(lines[at + 1], kNext);
}

// How many lines an attribution at `at` takes; mail programs fold it. 0 when there is none.
std::size_t attribution_at(const Lines& lines, std::size_t at) {
  constexpr std::size_t kMostLines = 3;
  if (!begins_attribution(lines[at])) return 0;
  for (std::size_t i = at; i < std::min(at + kMostLines, lines.size()); ++i)
    if (ends_attribution(lines[i])) return i - at + 1;
  return 0;
}

Lines lines_of(std::string_view plain) {
  Lines lines;
  for (const std::string_view line : base::split(plain, '\n')) lines.push_back(base::trim(line));
  return lines;
}

}  // namespace

std::string own_words(std::string_view plain) {
  const Lines lines = lines_of(plain);
  std::string own;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (ends_own_words(lines[i]) || begins_header(lines, i)) break;
    if (lines[i].starts_with('>')) continue;
    if (const std::size_t size = attribution_at(lines, i); size > 0) {
      // Below quoted lines the answer may follow; without marks all that follows is quoted.
      std::size_t next = i + size;
      while (next < lines.size() && lines[next].empty()) ++next;
      if (next < lines.size() && !lines[next].starts_with('>')) break;
      i = next - 1;
      continue;
    }
    own += lines[i];
    own += '\n';
  }
  return own;
}

namespace {

// Phrases that no person writes to a hospital at night, in the languages of Europe's mail programs.
constexpr std::string_view kSure =
    "automatic reply|auto-reply|auto reply|autoreply|automated reply|automated response|"
    "automatic response|auto-response|auto response|autoresponse|out of office|"
    "message blocking is active|unable to send message|number is not in service|"
    "out-of-office|automatically generated|auto-generated|this is an automated|"
    "this is an automatic|do not reply to this|this mailbox is not monitored|"
    "inbox is not monitored|mailbox is unattended|delivery status notification|"
    "delivery has failed|delivery failure|undeliverable|undelivered mail|"
    "mail delivery failed|mail delivery subsystem|mailer-daemon|message not delivered|"
    "could not be delivered|couldn't be delivered|wasn't delivered|returned mail|"
    "delivery incomplete|address not found|user unknown|mailbox unavailable|mailbox is full|"
    "mailbox full|recipient rejected|read receipt|your message was read|was read on|"
    "i'm driving with|i am driving with|i'm driving right now|i'm currently driving|"
    "not receiving notifications|do not disturb|away message|vacation responder|"
    "thank you for contacting|thanks for contacting|currently away from my email|"
    "away from my email|away from my desk|i am currently out of the office|"
    "i'm currently out of the office|i am out of the office|i will be out of the office|"
    "i'm out of the office until|automatyczna odpowiedz|odpowiedz automatyczna|autoodpowiedz|"
    "automatycznie wygenerowan|jestem poza biurem|poza biurem|nieobecnosc w biurze|"
    "wiadomosc automatyczna|nie dostarczono|dziekuje za kontakt|niedostarczon|ateb awtomatig|"
    "neges awtomatig|ymateb awtomatig|allan o'r swyddfa|i ffwrdd o'r swyddfa|"
    "diolch am eich e-bost|diolch am gysylltu|reponse automatique|absence du bureau|"
    "message automatique|automatische antwort|abwesenheitsnotiz|nicht im buro|"
    "respuesta automatica|fuera de la oficina|risposta automatica|fuori ufficio|"
    "automatisch antwoord|afwezig|resposta automatica|خودکار جواب|خود کار جواب|"
    "ای میل کا شکریہ";

// Each of these a person may write, but hardly two.
constexpr std::string_view kLikely =
    "out of the office|annual leave|limited access|no access to email|access to my email|"
    "access to email|on my return|upon my return|when i return|will reply|will respond|"
    "as soon as possible|for urgent|if urgent|urgent matters|urgent queries|please contact|"
    "please email|returning on|back in the office|i will be back|maternity leave|"
    "not checking|na urlopie|w pilnych sprawach|prosze o kontakt|wracam|po powrocie|"
    "ar wyliau|cysylltwch a|thank you for your message|thank you for your email|"
    "thanks for your email|thank you for your e-mail|dziekuje za wiadomosc|"
    "diolch am eich neges|thanks for your message|materion brys|pan fyddaf yn dychwelyd";

}  // namespace

bool is_automatic(std::string_view plain) {
  constexpr std::size_t kMostRead = 4096;
  const std::string_view text = plain.substr(0, kMostRead);
  const auto stands = [&](std::string_view phrase) {
    return text.find(phrase) != std::string_view::npos;
  };
  const auto sure = base::split(kSure, '|');
  if (std::any_of(sure.begin(), sure.end(), stands)) return true;
  const auto likely = base::split(kLikely, '|');
  return std::count_if(likely.begin(), likely.end(), stands) >= 2;
}

}  // namespace tocsin::incident
