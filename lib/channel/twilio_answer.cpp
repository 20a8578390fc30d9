#include "channel/twilio_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "channel/json_answer.h"
#include "contact/telephone.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostTwilioEntries = 1'000;
constexpr std::size_t kMostTwilioTextBytes = 64 * 1024;

std::optional<std::string> number_of_twilio(std::string_view sender) {
  if (!sender.starts_with('+')) return std::nullopt;  // a name, a short code
  const auto read = contact::parse_telephone(std::string{sender});
  const auto* number = std::get_if<contact::Telephone>(&read);
  return number == nullptr ? std::nullopt : std::optional{number->e164};
}

int twilio_number(const Json& object, std::string_view name) {
  const Json& value = member(object, name);
  return value.is_number_integer() ? value.get<int>() : 0;
}

// The same list, with another query: never another address.
std::string next_of(const Json& page, std::string_view path) {
  const std::string_view next = text_member(page, "next_page_uri", 2'000);
  const bool is_plain = std::all_of(next.begin(), next.end(), [](char c) {
    return c > ' ' && c < 0x7f && c != '#' && c != '"' && c != '\\';
  });
  if (!is_plain || !next.starts_with(path) || next.substr(path.size(), 1) != "?") return {};
  return std::string{next};
}

std::optional<Said> reply_of(std::string_view sid, std::string_view from, std::string_view words,
                             base::Instant at) {
  auto number = number_of_twilio(from);
  if (!number) return std::nullopt;
  return Said{said_id("sms", sid), *std::move(number),
              std::string{beginning_of(words, kMostSaidBytes)}, at};
}

}  // namespace

bool is_twilio_sid(std::string_view text, std::string_view kind) noexcept {
  constexpr std::size_t kDigits = 32;
  return text.size() == kind.size() + kDigits && text.starts_with(kind) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(kind.size()), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_twilio_message(std::string_view sid) noexcept {
  return is_twilio_sid(sid, "SM") || is_twilio_sid(sid, "MM");
}

int twilio_error(base::ByteView body) { return twilio_number(parse_answer(body), "code"); }

std::string twilio_made(base::ByteView body) {
  const Json answer = parse_answer(body);
  return std::string{text_member(answer, "sid")};
}

std::optional<base::Instant> twilio_time(std::string_view text) {
  constexpr auto kMonths = std::to_array<std::string_view>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  constexpr std::string_view kForm = "Wed, 22 Feb 2017 02:32:26 +0000";
  if (text.size() != kForm.size() || !text.ends_with(" +0000")) return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  return base::from_rfc3339(fmt::format("{}-{:02}-{}T{}Z", text.substr(12, 4),
                                        month - kMonths.begin() + 1, text.substr(5, 2),
                                        text.substr(17, 8)));
}

std::optional<TwilioOutcome> twilio_outcome(std::string_view status, int error) {
  if (status == "delivered" || status == "read") return TwilioOutcome{Receipt::delivered};
  for (const char* on_its_way : {"queued", "accepted", "scheduled", "sending", "sent"})
    if (status == on_its_way) return TwilioOutcome{Receipt::sent};
  if (status == "canceled")
    return TwilioOutcome{Receipt::failed_for_good, "it was called off at Twilio"};
  if (status != "undelivered" && status != "failed") return std::nullopt;
  switch (error) {
    case 21610:
      return TwilioOutcome{Receipt::failed_for_good, "the person has sent STOP to this sender"};
    case 30004:
    case 30007:
      return TwilioOutcome{Receipt::failed_for_good, "the network refuses the text"};
    case 30005:
    case 30006:
      return TwilioOutcome{Receipt::failed_for_good,
                           "the network does not know the number, or it takes no texts"};
    case 30003:
      return TwilioOutcome{Receipt::failed_for_now,
                           "the telephone is off, has no signal, or is full"};
    default:
      return TwilioOutcome{Receipt::failed_for_now, "Twilio could not have it delivered"};
  }
}

std::optional<TwilioPage> parse_twilio_page(base::ByteView body, std::string_view path) {
  const Json answer = parse_answer(body);
  const Json& list = member(answer, "messages");
  if (!list.is_array() || list.size() > kMostTwilioEntries) return std::nullopt;
  TwilioPage page;
  page.next = next_of(answer, path);
  page.entries = list.size();
  for (const Json& entry : list) {
    const std::string_view sid = text_member(entry, "sid");
    const auto created = twilio_time(text_member(entry, "date_created"));
    if (!is_twilio_message(sid) || !created) continue;
    page.newest = std::max(page.newest.value_or(*created), *created);
    const std::string_view text = text_member(entry, "body", kMostTwilioTextBytes);
    if (text_member(entry, "direction") == "inbound") {
      if (auto reply = reply_of(sid, text_member(entry, "from"), text, *created))
        page.replies.push_back(*std::move(reply));
      continue;
    }
    page.texts.push_back(
        {std::string{sid}, std::string{text_member(entry, "to")}, std::string{text},
         twilio_outcome(text_member(entry, "status"), twilio_number(entry, "error_code")),
         *created});
  }
  return page;
}

std::optional<Said> twilio_reply(const base::Fields& form, base::Instant at) {
  const std::string_view sid = base::value_of(form, "MessageSid");
  if (!is_twilio_message(sid)) return std::nullopt;
  auto reply = reply_of(sid, base::value_of(form, "From"), base::value_of(form, "Body"), at);
  if (reply && !base::is_utf8(reply->words)) return std::nullopt;
  return reply;
}

}  // namespace tocsin::channel
