#include "channel/imap_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/text.h"

namespace tocsin::channel {

namespace {

// More are no answer to what was asked.
constexpr std::size_t kMostListed = 5'000;

// The number that follows a word and a space; the word begins after a space or a bracket.
std::optional<std::uint32_t> number_after(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != std::string_view::npos;
       at = line.find(word, at + 1)) {
    const bool begins = at > 0 && (line[at - 1] == ' ' || line[at - 1] == '(');
    const std::size_t after = at + word.size();
    if (!begins || after >= line.size() || line[after] != ' ') continue;
    std::uint32_t number = 0;
    const auto [end, why] =
        std::from_chars(line.data() + after + 1, line.data() + line.size(), number);
    if (why == std::errc{} && number > 0) return number;
  }
  return std::nullopt;
}

// "22-Nov-2026 22:40:00 +0000", the day with a space for a leading zero.
std::optional<base::Instant> internal_date(std::string_view text) {
  constexpr auto kMonths = std::to_array<std::string_view>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  if (text.size() != 26) return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(3, 3));
  if (month == kMonths.end()) return std::nullopt;
  return base::from_rfc3339(fmt::format("{}-{:02}-{}{}T{}{}:{}", text.substr(7, 4),
                                        month - kMonths.begin() + 1, text[0] == ' ' ? '0' : text[0],
                                        text[1], text.substr(12, 8), text.substr(21, 3),
                                        text.substr(24, 2)));
}

std::optional<base::Instant> received(std::string_view line) {
  constexpr std::string_view kWord = "INTERNALDATE \"";
  const std::size_t at = line.find(kWord);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = line.substr(at + kWord.size());
  return internal_date(rest.substr(0, rest.find('"')));
}

}  // namespace

std::optional<MailboxState> parse_mailbox_state(base::ByteView answer) {
  for (const std::string_view line : base::split(base::text_of(answer), '\n')) {
    if (!line.starts_with("* STATUS ")) continue;
    const auto validity = number_after(line, "UIDVALIDITY");
    const auto next = number_after(line, "UIDNEXT");
    if (validity && next) return MailboxState{*validity, *next};
  }
  return std::nullopt;
}

std::vector<ListedMail> parse_mail_list(base::ByteView answer) {
  std::vector<ListedMail> mails;
  for (const std::string_view line : base::split(base::text_of(answer), '\n')) {
    if (!line.starts_with("* ") || line.find(" FETCH (") == std::string_view::npos) continue;
    const auto number = number_after(line, "UID");
    const auto at = received(line);
    if (number && at) mails.push_back({*number, *at});
    if (mails.size() == kMostListed) break;
  }
  const auto by_number = [](const ListedMail& a, const ListedMail& b) {
    return a.number < b.number;
  };
  std::stable_sort(mails.begin(), mails.end(), by_number);
  const auto is_same = [](const ListedMail& a, const ListedMail& b) {
    return a.number == b.number;
  };
  mails.erase(std::unique(mails.begin(), mails.end(), is_same), mails.end());
  return mails;
}

}  // namespace tocsin::channel
